"""``contexts``: the same words in a whole text, with what stands before them."""

import argparse
from pathlib import Path
from typing import get_args

from catsel_core.analyses.contexts import Bins, ContextRequest, analyse_contexts, checked_bins
from catsel_core.commands.sessions import add_session, chosen_session
from catsel_core.commands.shared import (
    add_encoding,
    add_measure,
    add_model,
    add_out,
    chosen_measure,
    chosen_model,
    fetch_plays,
    progress_bar,
    read,
    say,
    write_json,
)
from catsel_core.errors import InputError
from catsel_core.inputs import shakespeare
from catsel_core.inputs.builtin_texts import BUILTIN, builtin_text, checked_name
from catsel_core.inputs.items import TokenPooling
from catsel_core.inputs.occurrences import DEFAULT_MOST, DEFAULT_WINDOW, WindowChoice
from catsel_core.inputs.search_notes import search_notes
from catsel_core.inputs.targets import split_targets
from catsel_core.inputs.texts import Text, own_text, without_boilerplate
from catsel_core.session import ContrastChoice


def add(command: argparse.ArgumentParser) -> None:
    """Its options."""
    add_text(command)
    add_encoding(command)
    command.add_argument(
        "--pooling",
        default="last",
        choices=get_args(TokenPooling),
        help="words of several tokens (default: last piece)",
    )
    add_measure(command)
    add_model(command)
    add_session(command)
    add_out(command)
    command.set_defaults(run=run)


def add_text(command: argparse.ArgumentParser) -> None:
    """The options that say which words of which text, and how much before each; and the bins of the tornado."""
    source = command.add_mutually_exclusive_group()
    source.add_argument("--text", type=Path, metavar="FILE", help="a plain text file")
    source.add_argument("--gutenberg", type=int, metavar="N", help="number of a Project Gutenberg book")
    source.add_argument(
        "--builtin",
        type=_builtin,
        metavar="NAME",
        help=f"{BUILTIN}, shakespeare (all plays), a group such as {shakespeare.FIRST}, or shakespeare/hamlet",
    )
    command.add_argument(
        "--stage-directions", action="store_true", help="of plays, keep headings, speakers and stage directions"
    )
    command.add_argument("--targets", metavar="WORDS", help='up to eight, as in "years, garage, lawn"')
    command.add_argument("--window", type=int, default=DEFAULT_WINDOW, help="tokens before a target (default: 50)")
    command.add_argument("--keep-boilerplate", action="store_true", help="keep Gutenberg's header and licence")
    command.add_argument(
        "--max-per-target", type=_most, default=DEFAULT_MOST, metavar="N|all", help="default: 80, drawn by --seed"
    )
    command.add_argument("--seed", type=int, default=WindowChoice().seed, help="default: %(default)s")
    command.add_argument("--other-forms", action="store_true", help="also take Capitalised and line-start forms")
    command.add_argument(
        "--whole-words", action="store_true", help='leave out words that run on, as "lawn" in "lawnmower"'
    )
    command.add_argument("--bins", type=int, default=Bins().count, help="default: %(default)s")
    command.add_argument("--range", type=_range, default=None, metavar="LOW,HIGH|auto", help="default: auto")


def _builtin(name: str) -> str:
    try:
        return checked_name(name)
    except InputError as exc:
        raise argparse.ArgumentTypeError(str(exc)) from exc


def _most(text: str) -> int | None:
    if text == "all":
        return None
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"must be a number or 'all'; got {text!r}")
    return int(text)


def _range(text: str) -> tuple[float, float] | None:
    if text == "auto":
        return None
    try:
        low, high = (float(end) for end in text.split(","))
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"must look like 0.4,1 or be 'auto'; got {text!r}") from exc
    return low, high


def run(options: argparse.Namespace) -> None:
    """Analyse and write."""
    from catsel_core.export.results import contexts_json

    request, bins, contrasts = _chosen(options)
    with progress_bar(" windows") as progress:
        analysis = analyse_contexts(request, progress=progress, say=say)
    for note in (*request.text.remarks, *search_notes(analysis.located.occurrences)):
        say(note)
    write_json(contexts_json(analysis, contrasts.contrasts(analysis.label_pairs.labels), bins), options.out)


def _chosen(options: argparse.Namespace) -> tuple[ContextRequest, Bins, ContrastChoice]:
    """What is analysed, and how it is looked at."""
    if saved := chosen_session(options, beside=("out",)):
        session, texts = saved
        return session.context_request(texts), session.view.bins, session.contexts.contrasts
    _check_given(options)
    targets, windows, bins = split_targets(options.targets), windows_of(options), bins_of(options)
    measure, text = chosen_measure(options), _text(options)  # before a model is fetched for what cannot be read
    request = ContextRequest(text, targets, windows, options.pooling, **measure, **chosen_model(options))
    return request, bins, ContrastChoice()


def windows_of(options: argparse.Namespace) -> WindowChoice:
    """How much before each word, and which occurrences."""
    return WindowChoice(options.window, options.max_per_target, options.other_forms, options.seed, options.whole_words)


def bins_of(options: argparse.Namespace) -> Bins:
    """Bins of the tornado.

    Raises:
        InputError: if they cannot be used.
    """
    return checked_bins(Bins(options.bins, *(options.range or (None, None))))


def _check_given(options: argparse.Namespace) -> None:
    """What a command must have that is given no session."""
    if not (options.text or options.gutenberg is not None or options.builtin):
        options.parser.error("one of the arguments --text --gutenberg --builtin --session is required")
    if options.targets is None:
        options.parser.error("the following arguments are required: --targets")


def _text(options: argparse.Namespace) -> Text:
    if options.builtin:
        if options.builtin != BUILTIN:
            fetch_plays()
        return builtin_text(options.builtin, options.stage_directions)
    if options.gutenberg is not None:
        from catsel_core.inputs.gutenberg import book

        return book(options.gutenberg, options.keep_boilerplate)
    text = own_text(read(options.text), options.text.name, options.encoding)
    return text if options.keep_boilerplate else without_boilerplate(text)

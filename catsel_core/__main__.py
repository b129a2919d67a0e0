"""The command line: ``python -m catsel_core words``, ``contexts``, ``sentences``, ``models`` and ``prepare``."""

import argparse
import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from catsel_core import models
from catsel_core.analysis import WordRequest, analyse_words
from catsel_core.catalogue import BUNDLED, CATALOGUE, GPT2
from catsel_core.comparisons import book_comparisons
from catsel_core.context_analysis import Bins, ContextRequest, analyse_contexts, first_request
from catsel_core.corpus import DEFAULT_MOST, DEFAULT_WINDOW, WindowChoice, split_targets
from catsel_core.errors import CatselError, InputError, NotDownloadedError
from catsel_core.inputs import DEFAULT_TEMPLATE, Pieces, Pooling
from catsel_core.models import Precision
from catsel_core.presets import BOOK
from catsel_core.sentence_analysis import SentenceRequest, analyse_sentences
from catsel_core.sentences import bundled_senses, parse_sentences
from catsel_core.texts import BUILTIN, Text, builtin_text, own_text, without_boilerplate
from catsel_core.wordfiles import parse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from catsel_core.activations import Progress


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it worked, 2 with one line on stderr if the input cannot be used."""
    options = _parser().parse_args(_with_range(sys.argv[1:] if arguments is None else arguments))
    try:
        options.run(options)
    except CatselError as exc:
        print(f"catsel: {exc}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
    return 0


def _with_range(arguments: Sequence[str]) -> list[str]:
    """``--range`` and its value as one argument: a range may begin with a minus, as only options do."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--range":
            joined[-1] = f"--range={argument}"
        else:
            joined.append(argument)
    return joined


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m catsel_core", description="How a language model tells categories of words apart."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_words(commands.add_parser("words", help="words in categories: similarities and statistics at every layer"))
    _add_contexts(commands.add_parser("contexts", help="the same words in a whole text, with what stands before them"))
    _add_sentences(commands.add_parser("sentences", help="the same spelling with several meanings"))
    _add_models(commands.add_parser("models", help="models to choose from; `models fetch ID` downloads one"))
    prepare = commands.add_parser("prepare", help="convert the bundled model and store the results shown first")
    prepare.set_defaults(run=_prepare)
    return parser


def _add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("--input", type=Path, metavar="CSV", help="columns category,word (default: the book's list)")
    words.add_argument("--template", default=DEFAULT_TEMPLATE, help=f"default: {DEFAULT_TEMPLATE!r}")
    words.add_argument(
        "--pooling", default="last", choices=get_args(Pieces), help="words of several tokens (default: last piece)"
    )
    words.add_argument("--arrays", type=Path, metavar="NPZ", help="also write the similarity matrices")
    _add_common(words)
    words.set_defaults(run=_words)


def _add_contexts(contexts: argparse.ArgumentParser) -> None:
    source = contexts.add_mutually_exclusive_group(required=True)
    source.add_argument("--text", type=Path, metavar="FILE", help="a plain text file")
    source.add_argument("--gutenberg", type=int, metavar="N", help="number of a Project Gutenberg book")
    source.add_argument("--builtin", choices=[BUILTIN], help="a text that needs no download")
    contexts.add_argument("--targets", required=True, metavar="WORDS", help='up to eight, as in "years, garage, lawn"')
    contexts.add_argument("--window", type=int, default=DEFAULT_WINDOW, help="tokens before a target (default: 50)")
    contexts.add_argument("--keep-boilerplate", action="store_true", help="keep Gutenberg's header and licence")
    contexts.add_argument(
        "--max-per-target", type=_most, default=DEFAULT_MOST, metavar="N|all", help="default: 80, drawn by --seed"
    )
    contexts.add_argument("--seed", type=int, default=WindowChoice().seed, help="default: %(default)s")
    contexts.add_argument("--other-forms", action="store_true", help="also take Capitalised and line-start forms")
    contexts.add_argument(
        "--pooling", default="last", choices=get_args(Pooling), help="words of several tokens (default: last piece)"
    )
    contexts.add_argument("--bins", type=int, default=Bins().count, help="default: %(default)s")
    contexts.add_argument("--range", type=_range, default=None, metavar="LOW,HIGH|auto", help="default: auto")
    _add_common(contexts)
    contexts.set_defaults(run=_contexts)


def _add_sentences(sentences: argparse.ArgumentParser) -> None:
    sentences.add_argument(
        "--input", type=Path, metavar="CSV", help="columns group,text,target (default: bundled sentences)"
    )
    sentences.add_argument(
        "--pooling", default="last", choices=get_args(Pieces), help="targets of several tokens (default: last piece)"
    )
    sentences.add_argument("--arrays", type=Path, metavar="NPZ", help="also write the similarity matrices")
    _add_common(sentences)
    sentences.set_defaults(run=_sentences)


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--model",
        metavar="MODEL",
        help=f"'{BUNDLED}', a model of the hub such as {GPT2}, or a model folder (default: {GPT2} if it is here, "
        f"else {BUNDLED})",
    )
    command.add_argument(
        "--precision", default="float32", choices=get_args(Precision), help="of the model (default: %(default)s)"
    )
    command.add_argument("--out", type=Path, metavar="JSON", help="result file (default: standard output)")


def _add_models(listed: argparse.ArgumentParser) -> None:
    listed.set_defaults(run=_models)
    actions = listed.add_subparsers(metavar="ACTION")
    fetch = actions.add_parser("fetch", help="download models of the hub")
    fetch.add_argument("ids", nargs="+", metavar="ID", help=f"such as {GPT2}, or {GPT2}@REVISION")
    fetch.set_defaults(run=_fetch_models)


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


def _words(options: argparse.Namespace) -> None:
    from catsel_core.report import words_arrays, words_json

    words = parse(_read(options.input)) if options.input else BOOK.words
    request = WordRequest(words, options.template, options.pooling, **_chosen_model(options))
    with _progress(" prompts") as progress:
        analysis = analyse_words(request, progress=progress, say=_say)
    _write_json(words_json(analysis), options.out)
    if options.arrays:
        _write_arrays(words_arrays(analysis), options.arrays)


def _sentences(options: argparse.Namespace) -> None:
    from catsel_core.report import sentences_json, words_arrays

    sentences = parse_sentences(_read(options.input)) if options.input else bundled_senses()
    request = SentenceRequest(sentences, options.pooling, **_chosen_model(options))
    with _progress(" sentences") as progress:
        analysis = analyse_sentences(request, progress=progress, say=_say)
    _write_json(sentences_json(analysis), options.out)
    if options.arrays:
        _write_arrays(words_arrays(analysis), options.arrays)


def _contexts(options: argparse.Namespace) -> None:
    from catsel_core.report import contexts_json

    low, high = options.range or (None, None)
    windows = WindowChoice(options.window, options.max_per_target, options.other_forms, options.seed)
    targets = split_targets(options.targets)
    bins = Bins(options.bins, low, high)
    request = ContextRequest(_text(options), targets, windows, options.pooling, bins, **_chosen_model(options))
    with _progress(" windows") as progress:
        analysis = analyse_contexts(request, progress=progress, say=_say)
    _write_json(contexts_json(analysis, book_comparisons(analysis.blocks.labels)), options.out)


def _text(options: argparse.Namespace) -> Text:
    if options.builtin:
        return builtin_text(options.builtin)
    if options.gutenberg is not None:
        from catsel_core.gutenberg import book

        return book(options.gutenberg, options.keep_boilerplate)
    text = own_text(_read(options.text), options.text.name)
    return text if options.keep_boilerplate else without_boilerplate(text)


def _chosen_model(options: argparse.Namespace) -> dict[str, Any]:
    """Model and precision of a request; a model of the hub that is not here is downloaded."""
    reference = options.model or models.default_reference()
    try:
        models.find_model(reference, _say)
    except NotDownloadedError:
        _fetch(reference)
    return {"model": reference, "precision": options.precision}


def _fetch(reference: str) -> None:
    from catsel_core.fetching import fetch_model

    with _progress("B", unit_scale=True, unit_divisor=1000, desc=reference) as progress:
        found = fetch_model(reference, progress)
    _say(f"{found.name} is here, revision {found.revision}, in {found.folder}")


def _fetch_models(options: argparse.Namespace) -> None:
    for reference in options.ids:
        _fetch(reference)


def _models(options: argparse.Namespace) -> None:
    """The catalogue as a table: what is here, and what each model would cost."""
    rows = [("model", "here", "layers", "width", "download", "memory", "licence")]
    for entry in CATALOGUE:
        here = "yes" if models.is_present(entry.reference) else "no"
        download = f"{entry.download_bytes / 1e9:.2f} GB" if entry.download_bytes else "none"
        memory = f"{entry.memory_bytes / 1e9:.2f} GB"
        shape = (str(entry.n_blocks), str(entry.width))
        rows.append((entry.reference, here, *shape, download, memory, entry.licence))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@contextmanager
def _progress(unit: str, **settings: Any) -> "Iterator[Progress]":
    """A bar on standard error, if the work takes longer than a second."""
    from tqdm import tqdm

    with tqdm(unit=unit, delay=1, leave=False, **settings) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


def _prepare(options: argparse.Namespace) -> None:
    """Make what the pages show first: the words of the book's list, the built-in text, the bundled sentences."""
    models.find_model(BUNDLED, _say)
    words = analyse_words(WordRequest())
    with _progress(" windows") as progress:
        analyse_contexts(first_request(), progress=progress)
    analyse_sentences(SentenceRequest())
    _say(f"Ready: {words.model.name}, and the results that the pages show first are stored.")


def _write_json(values: dict[str, Any], path: Path | None) -> None:
    text = json.dumps(values, ensure_ascii=False, indent=1)
    if path:
        _write(path, text.encode())
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # as JSON has it, whatever the terminal's own encoding
    print(text)


def _write_arrays(arrays: "dict[str, NDArray[Any]]", path: Path) -> None:
    import numpy as np

    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    _write(path, buffer.getvalue())


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise InputError(f"{path} cannot be read: {exc.strerror}.") from exc


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as exc:
        raise InputError(f"{path} cannot be written: {exc.strerror}.") from exc


if __name__ == "__main__":
    sys.exit(main())

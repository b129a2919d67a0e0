"""``session``: what the options of the other commands say, in a file that the pages and these commands open."""

import argparse
from dataclasses import replace
from pathlib import Path

from catsel_core.commands.compare import add_sides, side_choice
from catsel_core.commands.contexts import add_text, bins_of, windows_of
from catsel_core.commands.sentences import sentences_of
from catsel_core.commands.shared import add_model, add_out, chosen_measure, read, write_text
from catsel_core.commands.words import add_words, word_list
from catsel_core.export.session_file import opened, to_json
from catsel_core.inputs.gutenberg import is_cached
from catsel_core.inputs.items import TokenPooling, checked_template
from catsel_core.inputs.occurrences import checked_choice
from catsel_core.inputs.targets import split_targets
from catsel_core.inputs.text_references import BuiltinText, GutenbergBook, OwnText, OwnTexts, TextReference
from catsel_core.inputs.texts import own_text
from catsel_core.session import ContextsChoice, SentencesChoice, Session, SideChoice, WordsChoice, first_session


def add(command: argparse.ArgumentParser) -> None:
    """Its options: those of words, contexts, sentences and compare; what several of these have counts for all."""
    add_words(command)
    add_text(command)
    command.add_argument(
        "--sentences", type=Path, metavar="FILE", help="CSV or JSON with group,text,target (default: bundled sentences)"
    )
    add_sides(command, may_follow=True)
    add_model(command)
    add_out(command)
    command.set_defaults(run=run, parser=command)


def run(options: argparse.Namespace) -> None:
    """Check and write."""
    text = to_json(*_session(options))
    opened(text.encode())  # refuses what nobody could open
    write_text(text, options.out)


def _session(options: argparse.Namespace) -> tuple[Session, OwnTexts]:
    first, measure = first_session(), chosen_measure(options)
    contexts, own = _contexts(options, first.contexts)
    sides = [side_choice(options, letter) for letter in "ab"]
    session = Session(
        replace(first.model, precision=options.precision, **({"reference": options.model} if options.model else {})),
        WordsChoice(word_list(options), checked_template(options.template), options.pooling, **measure),
        replace(contexts, **measure),
        SentencesChoice(sentences_of(options, options.sentences), options.pooling, **measure),
        sides[0],
        None if sides[1] == SideChoice() else sides[1],
        replace(first.view, bins=bins_of(options)),
    )
    return session, own


def _contexts(options: argparse.Namespace, first: ContextsChoice) -> tuple[ContextsChoice, OwnTexts]:
    """What is looked for in which text, and that text if it is somebody's own."""
    text, own = _text(options, first.text)
    targets = first.targets if options.targets is None else split_targets(options.targets)
    pooling: TokenPooling = "mean" if options.pooling == "mean" else "last"
    return ContextsChoice(text, targets, checked_choice(windows_of(options)), pooling), own


def _text(options: argparse.Namespace, first: TextReference) -> tuple[TextReference, OwnTexts]:
    if options.text:
        text = own_text(read(options.text), options.text.name, options.encoding)
        return OwnText(text.digest, text.name, options.keep_boilerplate), {text.digest: text}
    if options.gutenberg is not None:
        is_cached(options.gutenberg)  # refuses what is no book's number
        return GutenbergBook(options.gutenberg, options.keep_boilerplate), {}
    return (BuiltinText(options.builtin, options.stage_directions) if options.builtin else first), {}

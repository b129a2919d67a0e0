"""``words``: words in categories."""

import argparse
from pathlib import Path
from typing import get_args

from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.commands.sessions import add_session, chosen_session
from catsel_core.commands.shared import (
    add_arrays,
    add_measure,
    add_model,
    add_out,
    add_reading,
    add_test,
    chosen_measure,
    chosen_model,
    chosen_test,
    progress_bar,
    reading_of,
    say,
    write_arrays,
    write_json,
)
from catsel_core.errors import InputError
from catsel_core.inputs.items import DEFAULT_TEMPLATE, Pooling
from catsel_core.inputs.last_pieces import about_shared, shared_last_pieces
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.word_list_checks import repetitions
from catsel_core.inputs.word_list_files import parse
from catsel_core.inputs.word_lists import MAX_WORDS, WordList, without_duplicates


def add(command: argparse.ArgumentParser) -> None:
    """Its options."""
    add_words(command)
    add_test(command)
    add_arrays(command)
    add_model(command)
    add_session(command)
    add_out(command)
    command.set_defaults(run=run)


def add_words(command: argparse.ArgumentParser) -> None:
    """The options that say which words are compared, in which prompt and how."""
    add_word_list(command)
    command.add_argument("--template", default=DEFAULT_TEMPLATE, help=f"default: {DEFAULT_TEMPLATE!r}")
    command.add_argument(
        "--pooling", default="last", choices=get_args(Pooling), help="words of several tokens (default: last piece)"
    )
    add_measure(command)


def add_word_list(command: argparse.ArgumentParser) -> None:
    """The options that name a word list and say how to read it."""
    command.add_argument(
        "--input", type=Path, metavar="FILE", help="a list such as CSV with columns category,word (default: the book's)"
    )
    add_reading(command)
    command.add_argument(
        "--drop-repetitions", action="store_true", help="keep every word of the list only where it stands first"
    )


def word_list(options: argparse.Namespace) -> WordList:
    """The list that was named, or the book's.

    Raises:
        InputError: if it cannot be read, or words stand in it more than once: all of them are named.
    """
    if not options.input:
        return BOOK.words
    words = reading_of(options, parse, options.input)
    repeated = repetitions(words)
    n_words = sum(len(category.words) for category in words.categories)
    if not repeated or (n_words > MAX_WORDS and not options.drop_repetitions):
        return words
    if options.drop_repetitions:
        return _without_repetitions(words, repeated)
    named = ", ".join(f"“{shortened(word)}” ({', '.join(map(shortened, names))})" for word, names in repeated.items())
    raise InputError(
        f"Words that stand more than once in the list: {named}. "
        "Keep each in one place, or use --drop-repetitions to keep the first."
    )


def _without_repetitions(words: WordList, repeated: dict[str, tuple[str, ...]]) -> WordList:
    """Each word where it stands first; what is gone is said."""
    thinned = without_duplicates(words)
    kept = {category.name for category in thinned.categories}
    say(f"kept only where they stand first: {', '.join(map(shortened, repeated))}")
    emptied = [category.name for category in words.categories if category.name not in kept]
    if emptied:
        say(f"categories that had no other words are left out: {', '.join(map(shortened, emptied))}")
    return thinned


def _request(options: argparse.Namespace) -> WordRequest:
    if saved := chosen_session(options):
        return saved[0].word_request()
    words, measure = word_list(options), chosen_measure(options)  # first: nothing is fetched for what cannot be read
    return WordRequest(words, options.template, options.pooling, **measure, **chosen_model(options))


def run(options: argparse.Namespace) -> None:
    """Analyse and write."""
    from catsel_core.analyses.careful import careful_words
    from catsel_core.export.arrays import to_arrays
    from catsel_core.export.results import words_json

    test = chosen_test(options)
    request = _request(options)
    with progress_bar(" prompts") as progress:
        analysis = analyse_words(request, progress=progress, say=say)
    if shared := shared_last_pieces(analysis.inputs):
        say(f"{about_shared(shared)} Use --pooling mean.")
    write_json(words_json(analysis, careful_words(analysis, **test)), options.out)
    if options.arrays:
        write_arrays(to_arrays(analysis), options.arrays)

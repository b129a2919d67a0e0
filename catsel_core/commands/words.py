"""``words``: words in categories."""

import argparse
from pathlib import Path
from typing import get_args

from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.commands.shared import (
    add_arrays,
    add_model,
    add_out,
    chosen_model,
    progress_bar,
    read,
    say,
    write_arrays,
    write_json,
)
from catsel_core.inputs.items import DEFAULT_TEMPLATE, Pooling
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.word_list_files import parse
from catsel_core.inputs.word_lists import WordList
from catsel_core.statistics.similarity import Measure


def add(command: argparse.ArgumentParser) -> None:
    """Its options."""
    add_word_list(command)
    command.add_argument("--template", default=DEFAULT_TEMPLATE, help=f"default: {DEFAULT_TEMPLATE!r}")
    command.add_argument(
        "--pooling", default="last", choices=get_args(Pooling), help="words of several tokens (default: last piece)"
    )
    command.add_argument(
        "--measure",
        default="cosine",
        choices=get_args(Measure),
        help="of similarity (default: %(default)s, the book's)",
    )
    add_arrays(command)
    add_model(command)
    add_out(command)
    command.set_defaults(run=run)


def add_word_list(command: argparse.ArgumentParser) -> None:
    """The option that names a word list."""
    command.add_argument("--input", type=Path, metavar="CSV", help="columns category,word (default: the book's list)")


def word_list(options: argparse.Namespace) -> WordList:
    """The list that was named, or the book's."""
    return parse(read(options.input)) if options.input else BOOK.words


def run(options: argparse.Namespace) -> None:
    """Analyse and write."""
    from catsel_core.export.results import words_arrays, words_json

    request = WordRequest(
        word_list(options), options.template, options.pooling, measure=options.measure, **chosen_model(options)
    )
    with progress_bar(" prompts") as progress:
        analysis = analyse_words(request, progress=progress, say=say)
    write_json(words_json(analysis), options.out)
    if options.arrays:
        write_arrays(words_arrays(analysis), options.arrays)

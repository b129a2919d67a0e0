"""``sentences``: the same spelling with several meanings."""

import argparse
from pathlib import Path
from typing import get_args

from catsel_core.analyses.sentences import SentenceRequest, analyse_sentences
from catsel_core.commands.shared import (
    add_arrays,
    add_model,
    add_out,
    add_reading,
    chosen_model,
    progress_bar,
    reading_of,
    say,
    write_arrays,
    write_json,
)
from catsel_core.inputs.items import Pooling
from catsel_core.inputs.sentence_files import bundled_senses, parse_sentences
from catsel_core.inputs.sentences import Sentence, checked, findings


def add(command: argparse.ArgumentParser) -> None:
    """Its options."""
    command.add_argument(
        "--input", type=Path, metavar="CSV", help="columns group,text,target (default: bundled sentences)"
    )
    add_reading(command)
    command.add_argument(
        "--pooling", default="last", choices=get_args(Pooling), help="targets of several tokens (default: last piece)"
    )
    add_arrays(command)
    add_model(command)
    add_out(command)
    command.set_defaults(run=run)


def _sentences(options: argparse.Namespace) -> tuple[Sentence, ...]:
    """Those in the file that was named, or those that come along."""
    if not options.input:
        return bundled_senses()
    sentences: tuple[Sentence, ...] = reading_of(options, parse_sentences)
    return checked(sentences)


def run(options: argparse.Namespace) -> None:
    """Analyse and write."""
    from catsel_core.export.results import sentences_json, words_arrays

    sentences = _sentences(options)
    for note in findings(sentences):
        say(note)
    request = SentenceRequest(sentences, options.pooling, **chosen_model(options))
    with progress_bar(" sentences") as progress:
        analysis = analyse_sentences(request, progress=progress, say=say)
    write_json(sentences_json(analysis), options.out)
    if options.arrays:
        write_arrays(words_arrays(analysis), options.arrays)

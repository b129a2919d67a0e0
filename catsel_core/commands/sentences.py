"""``sentences``: the same spelling with several meanings."""

import argparse
from pathlib import Path
from typing import get_args

from catsel_core.analyses.sentences import SentenceRequest, analyse_sentences
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
from catsel_core.inputs.items import Pooling
from catsel_core.inputs.sentence_files import bundled_senses, parse_sentences
from catsel_core.inputs.sentences import Sentence, checked, findings
from catsel_core.inputs.tables import counted


def add(command: argparse.ArgumentParser) -> None:
    """Its options."""
    command.add_argument(
        "--input", type=Path, metavar="FILE", help="CSV or JSON with group,text,target (default: bundled sentences)"
    )
    add_reading(command)
    command.add_argument(
        "--drop-repetitions", action="store_true", help="keep a sentence that comes again only where it stands first"
    )
    command.add_argument(
        "--pooling", default="last", choices=get_args(Pooling), help="targets of several tokens (default: last piece)"
    )
    add_measure(command)
    add_test(command)
    add_arrays(command)
    add_model(command)
    add_session(command)
    add_out(command)
    command.set_defaults(run=run)


def sentences_of(options: argparse.Namespace, path: Path | None) -> tuple[Sentence, ...]:
    """Those in a file, or those that come along."""
    if not path:
        return bundled_senses()
    sentences: tuple[Sentence, ...] = reading_of(options, parse_sentences, path)
    return checked(_without_repetitions(sentences) if options.drop_repetitions else sentences)


def _without_repetitions(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """Each sentence where it stands first; how many are gone is said."""
    once = tuple(dict.fromkeys(sentences))
    if len(once) < len(sentences):
        say(f"{counted(len(sentences) - len(once), 'sentence')} left out that came before")
    return once


def _request(options: argparse.Namespace) -> SentenceRequest:
    if saved := chosen_session(options):
        return saved[0].sentence_request()
    sentences, measure = sentences_of(options, options.input), chosen_measure(options)
    return SentenceRequest(sentences, options.pooling, **measure, **chosen_model(options))


def run(options: argparse.Namespace) -> None:
    """Analyse and write."""
    from catsel_core.analyses.careful import careful_senses
    from catsel_core.export.arrays import to_arrays
    from catsel_core.export.results import sentences_json

    test = chosen_test(options)
    request = _request(options)
    for note in findings(request.sentences):
        say(note)
    with progress_bar(" sentences") as progress:
        analysis = analyse_sentences(request, progress=progress, say=say)
    write_json(sentences_json(analysis, careful_senses(analysis, **test)), options.out)
    if options.arrays:
        write_arrays(to_arrays(analysis), options.arrays)

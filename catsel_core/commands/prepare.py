"""``prepare``: make what the pages show first."""

import argparse

from catsel_core.analyses.contexts import analyse_contexts, first_request
from catsel_core.analyses.sentences import SentenceRequest, analyse_sentences
from catsel_core.analyses.side_by_side import CompareRequest, compare_sides
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.commands.shared import progress_bar, say
from catsel_core.hidden_states.prepare import prepare_bundled


def add(command: argparse.ArgumentParser) -> None:
    """No options."""
    command.set_defaults(run=run)


def run(_: argparse.Namespace) -> None:
    """The bundled model, the book's list, its comparison, the built-in text and the bundled sentences."""
    prepare_bundled(say)
    words = analyse_words(WordRequest())
    with progress_bar(" windows") as progress:
        analyse_contexts(first_request(), progress=progress)
    analyse_sentences(SentenceRequest())
    compare_sides(CompareRequest())
    say(f"Ready: {words.model.name}, and the results that the pages show first are stored.")

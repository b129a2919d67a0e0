"""``prepare``: make what the pages show first."""

import argparse

from catsel_core.analysis import analyse_contexts, analyse_sentences, analyse_words, compare_sides
from catsel_core.commands.shared import progress_bar, say
from catsel_core.hidden_states.prepare import prepare_bundled
from catsel_core.session import first_session


def add(command: argparse.ArgumentParser) -> None:
    """No options."""
    command.set_defaults(run=run)


def run(_: argparse.Namespace) -> None:
    """The bundled model, the book's list, its comparison, the built-in text and the bundled sentences."""
    prepare_bundled(say)
    session = first_session()
    words = analyse_words(session.word_request())
    with progress_bar(" windows") as progress:
        analyse_contexts(session.context_request({}), progress=progress)
    analyse_sentences(session.sentence_request())
    compare_sides(session.compare_request())
    say(f"Ready: {words.model.name}, and the results that the pages show first are stored.")

"""``prepare``: make what the pages show first."""

import argparse

from catsel_core.analysis import analyse_contexts, analyse_prompts, analyse_sentences, analyse_words, compare_sides
from catsel_core.commands.shared import fetch_plays, present_model, progress_bar, say
from catsel_core.errors import FetchError
from catsel_core.hidden_states.prepare import prepare_bundled
from catsel_core.models import bundled
from catsel_core.session import first_session


def add(command: argparse.ArgumentParser) -> None:
    """No options."""
    command.set_defaults(run=run)


def run(_: argparse.Namespace) -> None:
    """The model, the text, and the results that the pages show first."""
    present_model(None)
    if bundled.is_here():
        prepare_bundled(say)  # also where another model is shown first: it can be chosen
    try:
        fetch_plays()
    except FetchError as exc:  # the pages then begin with another text
        say(str(exc))
    session = first_session()
    words = analyse_words(session.word_request())
    analyse_prompts(session.prompts_request())
    with progress_bar(" windows") as progress:
        analyse_contexts(session.context_request({}), progress=progress)
    analyse_sentences(session.sentence_request())
    compare_sides(session.compare_request())
    say(f"Ready: {words.model.name}, and the results that the pages show first are stored.")

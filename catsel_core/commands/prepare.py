"""``prepare``: make what the pages show first, and what lessons show."""

import argparse
from collections.abc import Iterable

from catsel_core.analyses.kinds import Request, kind_of
from catsel_core.analysis import analyse_contexts, analyse_prompts, analyse_sentences, analyse_words, compare_sides
from catsel_core.commands.shared import fetch_plays, present_model, progress_bar, say
from catsel_core.errors import CatselError, FetchError
from catsel_core.hidden_states.prepare import prepare_bundled
from catsel_core.hidden_states.run import Run
from catsel_core.lessons.figures import kinds_of, request_of
from catsel_core.lessons.finding import all_lessons
from catsel_core.models import bundled
from catsel_core.session import first_session


def add(command: argparse.ArgumentParser) -> None:
    """No options."""
    command.set_defaults(run=run)


def run(_: argparse.Namespace) -> None:
    """The model, the text, and the results that the pages show first and lessons need."""
    present_model(None)
    if bundled.is_here():
        prepare_bundled(say)  # also where another model is shown first: it can be chosen
    try:
        fetch_plays()
    except FetchError as exc:  # the pages then begin with another text
        say(str(exc))
    session = first_session()
    first = session.word_request(), session.context_request({}), session.sentence_request()
    words = analyse_words(first[0])
    analyse_prompts(session.prompts_request())
    with progress_bar(" windows") as progress:
        analyse_contexts(first[1], progress=progress)
    analyse_sentences(first[2])
    compare_sides(session.compare_request())
    _prepare_lessons(first)
    say(f"Ready: {words.model.name}, and the results that the pages show first and lessons need are stored.")


def _prepare_lessons(done: Iterable[Request]) -> None:
    """What lessons show, so that none waits for a model; what cannot be made is said, and keeps nothing else back."""
    lessons, made = all_lessons(), set(done)
    for problem in lessons.problems:
        say(problem)
    for lesson in (*lessons.ready, *lessons.own):
        for step in lesson.steps:
            try:
                for request in {request_of(step, kind) for kind in kinds_of(step)} - made:
                    kind_of(request).analyse(request, Run(say=say))
                    made.add(request)
            except CatselError as exc:
                say(f"Lesson “{lesson.name}”, step “{step.name}”: {exc}")

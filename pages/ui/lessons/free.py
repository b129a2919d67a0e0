"""What a step leaves free, changed inside the lesson alone: the visitor's own session stays as it is."""

from dataclasses import replace

import streamlit as st

from catsel_core.errors import InputError
from catsel_core.inputs.items import PLACEHOLDER, checked_template
from catsel_core.inputs.word_list_checks import validated
from catsel_core.inputs.word_lists import WordList, split_words
from catsel_core.language import tr
from catsel_core.lessons.figures import kinds_of
from catsel_core.lessons.records import Lesson, Step
from catsel_core.session import Session
from pages.ui import messages
from pages.ui.controls.measure import choose_measure
from pages.ui.controls.view import choose_scale


def freed(lesson: Lesson, step: Step) -> Step:
    """The step with what was chosen in it, its controls drawn here."""
    session, key = step.session, f"{lesson.name}-{step.name}"
    for control in step.free:
        session = _CONTROLS[control](session, step, key)
    return replace(step, session=session)


def _range(session: Session, _: Step, key: str) -> Session:
    return replace(session, view=replace(session.view, scale=choose_scale(session.view.scale, f"range-{key}")))


def _measure(session: Session, step: Step, key: str) -> Session:
    """Of everything that the step shows."""
    kinds = kinds_of(step)
    first = session.contexts if "contexts" in kinds else session.sentences if "sentences" in kinds else session.words
    measure, basis = choose_measure(first.measure, first.basis, key)
    return replace(
        session,
        words=replace(session.words, measure=measure, basis=basis),
        contexts=replace(session.contexts, measure=measure, basis=basis),
        sentences=replace(session.sentences, measure=measure, basis=basis),
    )


def _prompt(session: Session, _: Step, key: str) -> Session:
    current = session.words.template
    about = tr("{place} marks where each word goes.", place=PLACEHOLDER)
    typed = st.text_input(tr("Prompt"), current, key=f"prompt-{key}", help=about)
    try:
        template = checked_template(typed)
    except InputError as exc:
        _refuse(exc)
        return session
    return replace(session, words=replace(session.words, template=template))


def _words(session: Session, _: Step, key: str) -> Session:
    """The lesson's categories with words of one's own; a list that cannot be used leaves the lesson's."""
    categories = session.words.words.categories
    changed = []
    for number, (column, category) in enumerate(zip(st.columns(len(categories)), categories, strict=True)):
        label = tr("Words of {category}", category=messages.plain(category.name))
        typed = column.text_area(label, ", ".join(category.words), height=110, key=f"{number}-{key}")
        changed.append(replace(category, words=split_words(typed)))
    try:
        words = validated(WordList(tuple(changed)))
    except InputError as exc:
        _refuse(exc)
        return session
    return replace(session, words=replace(session.words, words=words))


def _refuse(exc: InputError) -> None:
    messages.error(str(exc))
    st.caption(tr("Below is still what the lesson begins with."))


_CONTROLS = {"range": _range, "measure": _measure, "prompt": _prompt, "words": _words}

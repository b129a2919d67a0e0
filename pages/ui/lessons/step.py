"""One step: its text, a prediction before what it reveals, its figures, a question after the look."""

import streamlit as st

from catsel_core.errors import CatselError
from catsel_core.language import tr
from catsel_core.lessons.answers import may_ask, may_see
from catsel_core.lessons.figures import FIGURES, layers_of
from catsel_core.lessons.records import Lesson, Question, Step
from pages.ui import messages
from pages.ui.frame import SECTIONS
from pages.ui.lessons import asking
from pages.ui.lessons.address import Place
from pages.ui.lessons.figures import make, show_figures, show_slider
from pages.ui.lessons.free import freed
from pages.ui.lessons.head import show_ways
from pages.ui.session import opening, sidebar, speech, undo, visitor
from pages.ui.session.limits import for_pages
from pages.ui.viewer.components import layer_bar

_OPENED = "lesson-opened"


def show_step(place: Place) -> None:
    """The whole step. What needs no model is on the page before what may have to wait for one."""
    lesson, step = place.lesson, place.lesson.steps[place.step - 1]
    revealed = step.reveals if may_see(visitor.lesson_answers(), lesson, step) else ()
    names = step.figures + revealed
    _show_text(place.step, step, step.look if names else ())
    if names and step.free:
        step = freed(lesson, step)
    if not step.figures:
        _predict(lesson, step)
    bar = layer_bar() if names else None  # on the page itself: within another container it would not stay in sight
    first, predicting, second, below = (st.container() for _ in range(4))
    if step.figures:
        with predicting:
            _predict(lesson, step)
    with below:
        _ask(lesson, step)
        _offer_pages(lesson, step, names)
        show_ways(place)
    sidebar.show_model(step.session)
    with first:
        made = make(step, names)
    if made is not None and bar is not None:
        with bar:
            show_slider(lesson, made)
        with first:
            show_figures(made, step.figures)
        with second:
            show_figures(made, revealed)


def _show_text(number: int, step: Step, look: tuple[str, ...]) -> None:
    """Text, and beside it what to look at, once there is something to look at."""
    st.markdown(f"#### {number}. {messages.plain(step.title)}")
    if not look:
        st.markdown(step.text)
        return
    left, right = st.columns([3, 2], gap="large")
    left.markdown(step.text)
    with right, st.container(border=True):
        st.markdown("**" + tr("What to look at") + "**\n\n" + "\n".join(f"- {sentence}" for sentence in look))


def _predict(lesson: Lesson, step: Step) -> None:
    if step.predict is not None and (layers := _layers(step, step.predict)) is not None:
        asking.ask(lesson, step, "predict", step.predict, layers)


def _ask(lesson: Lesson, step: Step) -> None:
    if step.question is None:
        return
    if not may_ask(visitor.lesson_answers(), lesson, step):
        if step.predict is None:
            asking.offer_looked(lesson, step)
    elif (layers := _layers(step, step.question)) is not None:
        asking.ask(lesson, step, "question", step.question, layers)


def _layers(step: Step, question: Question) -> tuple[str, ...] | None:
    """The model's layers where they are asked for; None if that cannot be told, which is said."""
    try:
        return layers_of(step) if question.kind == "layer" else ()
    except CatselError as exc:
        messages.error(str(exc))
        return None


def _offer_pages(lesson: Lesson, step: Step, names: tuple[str, ...]) -> None:
    """What is shown, taken over into the visitor's pages, with a way back."""
    if not names:
        return
    st.button(
        tr("Open this in the pages"), key="open", icon=":material/open_in_new:", on_click=_open, args=(lesson, step),
        type="tertiary", help=tr("It takes the place of what you have there; there is a way back."),
    )  # fmt: skip
    if st.session_state.get(_OPENED) == (lesson.name, step.name):
        undo.offer(opening.UNDO)
        for page in dict.fromkeys(FIGURES[name].page for name in names):
            label, icon = _PAGES[page]
            st.page_link(page, label=tr("See it on **{page}**", page=tr(label)), icon=icon)


def _open(lesson: Lesson, step: Step) -> None:
    speech.begin()
    limited, remark = for_pages(step.session)
    said = tr("“{what}” has taken the place of what was in the pages.", what=f"{lesson.title}: {step.title}") + remark
    opening.open_session(limited, step.texts, said)
    st.session_state[_OPENED] = (lesson.name, step.name)


_PAGES = {path: (label, icon) for _, pages in SECTIONS for path, label, icon in pages}

"""The first start: where no model is here yet, it is got before a page shows anything, with a bar, and once for all."""

from contextlib import suppress
from dataclasses import dataclass, replace

import streamlit as st

from catsel_core.errors import FetchError
from catsel_core.hidden_states.prepare import ready_model
from catsel_core.hidden_states.weigh import check_weight
from catsel_core.inputs import shakespeare
from catsel_core.language import mark, tr
from catsel_core.models import bundled
from catsel_core.models.catalogue import BUNDLED
from catsel_core.models.fetch import fetch_first_model
from catsel_core.session import first_session
from pages.ui import messages
from pages.ui.session import visitor
from pages.ui.work import results, waiting
from pages.ui.work.desk import Desk, Job
from pages.ui.work.downloads import describer
from pages.ui.work.waiting import ProgressArea

_INTRODUCTION = mark(
    "This is the first start on this computer: catsel fetches a small language model, once, and prepares it. "
    "Then the first figure is shown by itself."
)


@dataclass(frozen=True, slots=True)
class FirstModel:
    """A model is wanted, whichever can be had, and the text that is shown first."""


def _get(_: FirstModel, job: Job) -> str:
    reference = fetch_first_model(check_weight, job.tell, job.say)
    job.say(tr("Getting Shakespeare's plays …"))
    with suppress(FetchError):  # then another text is shown first
        shakespeare.fetch(lambda _done, _total: job.check())
    job.say(tr("Preparing the model (once, about a minute) …"))
    ready_model(reference, job.say)
    return reference


DESK = Desk(_get)


def begin() -> None:
    """Nothing, if the visitor's model is ready. Otherwise it is made so now, and the page begins anew with it.

    What cannot be had is said, and ends the page, as a stop does.
    """
    if visitor.session().model.reference != BUNDLED or bundled.is_prepared():
        return
    wanted, place = FirstModel(), st.empty()
    if waiting.stopped_at(wanted) is not None:
        with place.container():
            messages.note(tr("Stopped. Every figure needs a model."))
            _offer(tr("Get the model"))
        st.stop()
    untouched = visitor.session() == first_session()
    try:
        with place.container():
            st.markdown(tr(_INTRODUCTION))
            area = ProgressArea(st.empty(), DESK, wanted, describer())
        reference = waiting.wait(area, lasting=True)
    except Exception as exc:  # a user never sees a traceback
        with place.container():
            messages.error(results.reason(exc, wanted))
            _offer(tr("Try again"))
        st.stop()
    if untouched:
        visitor.keep(first_session())
    else:
        visitor.use_model(replace(visitor.session().model, reference=reference))
    st.rerun()


def _offer(again: str) -> None:
    """The ways on: the same once more, or a model of one's own choice."""
    st.button(again, icon=":material/download:", on_click=waiting.go_on)
    label = tr("**Models**: choose another one, or a folder")
    st.page_link("pages/models.py", label=label, icon=":material/memory:")

"""Downloads of models: they go on when the visitor looks at another page, and are taken up where they were cut."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from catsel_core.hidden_states.prepare import ready_model
from catsel_core.hidden_states.weigh import check_weight
from catsel_core.language import tr
from catsel_core.models.catalogue import BUNDLED
from catsel_core.models.fetch import fetch_model
from catsel_core.models.spec import ModelSpec
from catsel_core.settings import current_settings
from catsel_core.system.refusals import size
from pages.ui import messages
from pages.ui.session import visitor
from pages.ui.work import results, waiting
from pages.ui.work.desk import Desk, Job
from pages.ui.work.waiting import ProgressArea

_WANTED, _NOTE = "wanted_model", "download_note"


@dataclass(frozen=True, slots=True)
class Download:
    """A model that is wanted from the hub."""

    reference: str


def _fetch(wanted: Download, job: Job) -> ModelSpec:
    job.say(tr("Asking for it …"))
    fetch_model(wanted.reference, check_weight, job.tell)
    return ready_model(wanted.reference, job.say)


DESK = Desk(_fetch)


def allowed() -> bool:
    """Whether this server downloads models at all."""
    return current_settings().max_model_bytes > 0


def button(reference: str) -> None:
    """Offer to download a model."""
    going = st.session_state.get(_WANTED) == reference
    st.button(
        tr("Download"),
        key=f"fetch-{reference}",
        icon=":material/download:",
        disabled=going,
        on_click=_want,
        args=(reference,),
    )


def _want(reference: str) -> None:
    waiting.go_on()
    st.session_state.pop(_NOTE, None)
    st.session_state[_WANTED] = reference


def place_for(reference: str) -> None:
    """Where the bar of this model's download will stand, or what became of it."""
    if st.session_state.get(_WANTED) == reference:
        st.session_state["download_place"] = st.empty()
    noted, is_error, text = st.session_state.get(_NOTE, ("", False, ""))
    if noted == reference:
        (messages.error if is_error else messages.note)(text)


def watch() -> None:
    """Stay with this visitor's download until it is done: last on a page, when all else is shown."""
    reference = st.session_state.get(_WANTED)
    place = st.session_state.pop("download_place", None)
    if reference is None or place is None:
        return
    wanted = Download(reference)
    if waiting.stopped_at(wanted):
        kept = tr("Stopped. What has arrived is kept; trying again continues from there.")
        _end(reference, tr("Stopped.") if reference == BUNDLED else kept, is_error=False)
    try:
        found = waiting.wait(ProgressArea(place, DESK, wanted, describer()), lasting=True)
    except Exception as exc:  # a user never sees a traceback
        _end(reference, results.reason(exc, wanted), is_error=True)
    visitor.use_model(replace(visitor.session().model, reference=reference))
    _end(reference, tr("{name} is here, and in use from now on.", name=found.name), is_error=False)


def _end(reference: str, text: str, *, is_error: bool) -> None:
    st.session_state.pop(_WANTED, None)
    st.session_state[_NOTE] = (reference, is_error, text)
    st.rerun()


def describer() -> Callable[[int, int], str]:
    """Words for a download: how much is here, and how fast it comes."""
    start, first = 0.0, -1

    def describe(done: int, total: int) -> str:
        nonlocal start, first
        if first < 0:
            start, first = time.monotonic(), done
        seconds = time.monotonic() - start
        here, in_all = size(done), size(total)
        if seconds <= 1 or done <= first:
            return tr("{done} of {total}", done=here, total=in_all)
        speed = size((done - first) / seconds)
        return tr("{done} of {total}, {speed} a second", done=here, total=in_all, speed=speed)

    return describe

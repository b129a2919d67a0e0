"""A visitor waits for a job: with a bar, the time that is left, and a button that ends the waiting."""

import time
from collections.abc import Callable, Hashable
from concurrent.futures import wait as wait_for
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from catsel_core.language import tr
from pages.ui.work.desk import Desk, Job, StoppedError
from pages.ui.work.pace import left

POLL_SECONDS = 0.1
BAR_SECONDS = 0.25
"""Before a bar is shown: one that comes and goes at once is no help, and drawing it delays what is waited for."""

BUTTON_SECONDS = 1.0
"""Before a stop button is offered."""

_STOPPED = "stopped"

Describe = Callable[[int, int], str]
"""How far a job is, in words: (done, in all)."""


class ProgressArea:
    """Where the bar of one request stands, once there is something to wait for.

    Args:
        place: an empty place on the page.
        desk: where the request is worked on.
        request: what is waited for.
        describe: words for the bar.
    """

    def __init__(self, place: DeltaGenerator, desk: Desk, request: Hashable, describe: Describe) -> None:
        self.desk, self.request = desk, request
        self._place, self._describe = place, describe
        self._began = time.monotonic()
        self._bar: DeltaGenerator | None = None
        self._button: DeltaGenerator | None = None
        self._below: DeltaGenerator | None = None

    def show(self, job: Job) -> None:
        """Bring the bar up to date, and offer the button, when the time of each has come."""
        waited = time.monotonic() - self._began
        if waited < BAR_SECONDS:
            return
        if self._bar is None:
            self._begin()
        if self._bar is not None:
            self._bar.progress(*self._progress(job))
        if self._button is not None and waited > BUTTON_SECONDS:
            name = f"stop-{type(self.request).__name__}"
            stop = (self.desk, self.request)
            self._button.button(tr("Stop"), key=name, icon=":material/stop_circle:", on_click=_stop, args=stop)
            self._button = None

    def note(self, text: str) -> None:
        """A line below the bar."""
        if self._bar is None:
            self._begin()
        if self._below is not None:
            self._below.caption(text)

    def clear(self) -> None:
        """Nothing is waited for any more."""
        if self._bar is not None:
            self._place.empty()

    def _begin(self) -> None:
        with self._place.container():
            with st.container(horizontal=True, vertical_alignment="center"):
                self._bar, self._button = st.empty(), st.empty()
            self._below = st.empty()

    def _progress(self, job: Job) -> tuple[float, str]:
        part = min(1.0, job.done / job.total) if job.total else 0.0
        text = job.message or self._describe(job.done, job.total)
        seconds = job.seconds_left() if part < 1 else None
        return part, text if seconds is None else f"{text} ({left(seconds)})"


def wait(area: ProgressArea, *, lasting: bool = False, seconds: float | None = None) -> Any:
    """The result of the area's request, with its bar shown until it is there; None if ``seconds`` passed before.

    Raises:
        Whatever the work raises.
    """
    end = None if seconds is None else time.monotonic() + seconds
    while True:
        job = area.desk.job(area.request, lasting=lasting)
        try:
            with job.watched():
                return _watch(job, area, end)
        except StoppedError:
            continue  # it gave up on a visitor who has just come back
        finally:
            if stopped_at(area.request):  # pressed while this was still waiting: Streamlit does not end a script first
                job.end_unless_watched()


def _watch(job: Job, area: ProgressArea, end: float | None) -> Any:
    while not wait_for([job.future], timeout=POLL_SECONDS).done:
        area.show(job)
        if end is not None and time.monotonic() > end:
            return None
    found = job.future.result()
    area.clear()
    return found


def _stop(desk: Desk, request: Hashable) -> None:
    """End this visitor's waiting, who may not have left yet; the job ends too, unless somebody else waits for it."""
    job = desk.running(request)
    if job is not None:
        st.session_state[_STOPPED] = (request, job.done, job.total)
        job.end_unless_watched()


def stopped_at(request: Hashable) -> tuple[int, int] | None:
    """How far this visitor let the work of ``request`` come before stopping it, if so."""
    stopped, done, total = st.session_state.get(_STOPPED, (None, 0, 0))
    return (done, total) if stopped == request else None


def go_on() -> None:
    """Forget that something was stopped."""
    st.session_state.pop(_STOPPED, None)

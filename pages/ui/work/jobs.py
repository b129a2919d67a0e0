"""Long work for visitors: shared between those who want the same, watched, stopped, and given up when nobody waits.

Work runs in threads of its own, so that a visitor who edits on does not break it off half-way: it
finishes, is stored, and is there for the next one who asks. Work that nobody has waited for over some
seconds ends at the next chance it has; what it finished in parts stays where it is kept.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

WORKERS = 2
POLL_SECONDS = 0.1
PATIENCE_SECONDS = 5.0  # of a job that nobody waits for: long enough for a change of page
BUTTON_SECONDS = 1.0  # before a stop button is offered
KEPT = 8  # finished results in memory

Describe = Callable[[int, int], str]
"""How far a job is, in words: (done, in all)."""


class StoppedError(Exception):
    """A job ended before its time: stopped, or nobody waits for it any more."""


@dataclass
class Job:
    """Work under way, how far it is, and how many visitors wait for it; ``lasting`` work goes on without any."""

    lasting: bool = False
    done: int = 0
    total: int = 0
    message: str = "Waking the model …"
    waiting: int = 0
    left: float = field(default_factory=time.monotonic)
    stopped: bool = False
    future: "Future[Any]" = field(default_factory=Future)

    def tell(self, done: int, total: int) -> None:
        """How far the work is, said by the work itself; ends it here if nobody wants it any more."""
        self.done, self.total = done, total
        if done < total and self.unwanted():
            raise StoppedError

    def say(self, message: str) -> None:
        """What is being done before anything can be counted."""
        self.message = message

    def unwanted(self) -> bool:
        """Whether the work may end."""
        if self.waiting:
            return False
        return self.stopped or (not self.lasting and time.monotonic() - self.left > PATIENCE_SECONDS)

    def come(self) -> None:
        """One more visitor waits."""
        self.waiting += 1

    def leave(self) -> None:
        """One visitor less."""
        self.waiting -= 1
        self.left = time.monotonic()


class Desk:
    """Takes requests; equal ones that come while the first is under way share its job."""

    def __init__(self, work: Callable[[Any, Job], Any]) -> None:
        self._work = work
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="catsel")
        self._jobs: dict[Hashable, Job] = {}
        self._finished: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def job(self, request: Hashable, *, lasting: bool = False) -> Job:
        """The job of a request, under way or new."""
        with self._lock:
            if request in self._jobs:
                return self._jobs[request]
            job = self._jobs[request] = Job(lasting)
            job.future = self._pool.submit(self._run, request, job)
            return job

    def running(self, request: Hashable) -> Job | None:
        """The job of a request, if there is one."""
        with self._lock:
            return self._jobs.get(request)

    def finished(self, request: Hashable) -> Any:
        """A recent result that is still in memory, or None."""
        with self._lock:
            if request in self._finished:
                self._finished.move_to_end(request)
            return self._finished.get(request)

    def _run(self, request: Hashable, job: Job) -> Any:
        try:
            if job.unwanted():  # it waited for a worker so long that its visitor has left
                raise StoppedError
            found = self._work(request, job)
        finally:
            with self._lock:
                del self._jobs[request]
        with self._lock:
            self._finished[request] = found
            while len(self._finished) > KEPT:
                self._finished.popitem(last=False)
        return found


def wait(desk: Desk, request: Hashable, describe: Describe, place: DeltaGenerator, *, lasting: bool = False) -> Any:
    """Show a bar, and after a while a button that stops the work, in ``place`` until the job is done."""
    job = desk.job(request, lasting=lasting)
    start = time.monotonic()
    bar = button = None
    job.come()
    try:
        while True:
            try:
                found = job.future.result(timeout=POLL_SECONDS)
            except StoppedError:  # it gave up on a visitor who has just come back
                return wait(desk, request, describe, place, lasting=lasting)
            except TimeoutError:
                if bar is None:
                    bar, button = _progress_area(place)
                bar.progress(*_progress(job, describe))
                if button is not None and time.monotonic() - start > BUTTON_SECONDS:
                    button.button("Stop", icon=":material/stop_circle:", on_click=_stop, args=(desk, request))
                    button = None
            else:
                return found
    finally:
        job.leave()
        place.empty()


def _progress_area(place: DeltaGenerator) -> tuple[DeltaGenerator, DeltaGenerator]:
    with place.container(horizontal=True, vertical_alignment="center"):
        return st.empty(), st.empty()


def _progress(job: Job, describe: Describe) -> tuple[float, str]:
    if not job.total:
        return 0.0, job.message
    return min(1.0, job.done / job.total), describe(job.done, job.total)


def _stop(desk: Desk, request: Hashable) -> None:
    """Stop watching; the job itself ends too, unless somebody else waits for it."""
    job = desk.running(request)
    if job is not None:
        job.stopped = True
        st.session_state["stopped_at"] = (job.done, job.total)
        st.session_state["stopped"] = request


def stopped_at(request: Hashable) -> tuple[int, int] | None:
    """How far this visitor let the work of ``request`` come before stopping it, if so."""
    if st.session_state.get("stopped") != request:
        return None
    done, total = st.session_state["stopped_at"]
    return done, total


def go_on() -> None:
    """Forget that something was stopped."""
    st.session_state.pop("stopped", None)

"""The dashboard's only way to the core: one model in memory, work shared between visitors.

Work runs in threads of its own, so that a visitor who edits on does not break it off half-way: it
finishes, is stored, and is there for the next one who asks. Work that nobody has waited for over some
seconds ends at the next chance it has; what it finished in chunks stays in the store.
"""

import logging
import os
import threading
import time
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, overload

import streamlit as st

from catsel_core import shelf
from catsel_core.analysis import WordAnalysis, WordRequest, analyse_words
from catsel_core.context_analysis import ContextAnalysis, ContextRequest, analyse_contexts
from catsel_core.errors import CatselError
from catsel_core.models import ModelSpec
from catsel_core.sentence_analysis import SentenceAnalysis, SentenceRequest, analyse_sentences
from pages.ui import messages

Request = WordRequest | ContextRequest | SentenceRequest
Analysis = WordAnalysis | ContextAnalysis | SentenceAnalysis

_WORKERS = 2
_POLL_SECONDS = 0.1
_WARM_UP_SECONDS = 2.0
_PATIENCE_SECONDS = 5.0  # of a job that nobody waits for: long enough for a change of page
_BUTTON_SECONDS = 1.0  # before a stop button is offered
_KEPT = 8  # finished analyses in memory
_LOG = logging.getLogger("catsel")

_UNITS = {WordRequest: "prompts", ContextRequest: "windows", SentenceRequest: "sentences"}


class _StoppedError(Exception):
    """A job ended before its time: stopped, or nobody waits for it any more."""


@dataclass
class _Job:
    """An analysis under way, how far it is, and how many visitors wait for it."""

    done: int = 0
    total: int = 0
    message: str = "Waking the model …"
    waiting: int = 0
    left: float = field(default_factory=time.monotonic)
    stopped: bool = False
    future: "Future[Any]" = field(default_factory=Future)

    def tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if done < total and self.unwanted():
            raise _StoppedError

    def say(self, message: str) -> None:
        self.message = message

    def unwanted(self) -> bool:
        return self.waiting == 0 and (self.stopped or time.monotonic() - self.left > _PATIENCE_SECONDS)

    def come(self) -> None:
        self.waiting += 1

    def leave(self) -> None:
        self.waiting -= 1
        self.left = time.monotonic()


class _Desk:
    """Takes requests; equal ones that come while the first is under way share its job."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="catsel")
        self._jobs: dict[Request, _Job] = {}
        self._finished: OrderedDict[Request, Analysis] = OrderedDict()
        self._lock = threading.Lock()

    def job(self, request: Request) -> _Job:
        """The job of a request, under way or new."""
        with self._lock:
            if request in self._jobs:
                return self._jobs[request]
            job = self._jobs[request] = _Job()
            job.future = self._pool.submit(self._run, request, job)
            return job

    def running(self, request: Request) -> _Job | None:
        """The job of a request, if there is one."""
        with self._lock:
            return self._jobs.get(request)

    def finished(self, request: Request) -> Analysis | None:
        """A recent result that is still in memory."""
        with self._lock:
            if request in self._finished:
                self._finished.move_to_end(request)
            return self._finished.get(request)

    def _run(self, request: Request, job: _Job) -> Analysis:
        try:
            if job.unwanted():  # it waited for a worker so long that its visitor has left
                raise _StoppedError
            found = _analyse(request, job)
        finally:
            with self._lock:
                del self._jobs[request]
        with self._lock:
            self._finished[request] = found
            while len(self._finished) > _KEPT:
                self._finished.popitem(last=False)
        return found


def _analyse(request: Request, job: _Job) -> Analysis:
    match request:
        case WordRequest():
            return analyse_words(request, progress=job.tell, say=job.say)
        case ContextRequest():
            return analyse_contexts(request, progress=job.tell, say=job.say)
        case SentenceRequest():
            return analyse_sentences(request, progress=job.tell, say=job.say)


@st.cache_resource(show_spinner=False)
def _desk() -> _Desk:
    return _Desk()


@overload
def analysis(request: WordRequest) -> WordAnalysis: ...
@overload
def analysis(request: ContextRequest) -> ContextAnalysis: ...
@overload
def analysis(request: SentenceRequest) -> SentenceAnalysis: ...
def analysis(request: Request) -> Analysis:
    """The finished analysis, with progress shown while it is made. An error or a stop ends the page there."""
    if st.session_state.get("stopped") == request:
        _offer_to_go_on(request)
    try:
        found = _desk().finished(request) or _wait(request)
    except CatselError as exc:
        messages.error(str(exc))
    except MemoryError:
        messages.error(
            "The machine has too little free memory for this. Use fewer or shorter texts or close other programs."
        )
    except Exception:  # a bug of ours or of a library: the log has the details, the visitor a way out
        _LOG.exception("analysis of %r failed", request)
        messages.error(
            "Something went wrong inside catsel; the server's log has the details. Choose other words or another text."
        )
    else:
        _warm_up(found.model)
        _say_what_was_left_out(found)
        return found
    st.stop()


def _say_what_was_left_out(found: Analysis) -> None:
    words = list(dict.fromkeys(item.label for item in found.inputs.dropped))
    if words:
        st.caption(messages.plain(f"Left out, being of several tokens: {', '.join(words)}."))


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={ModelSpec: repr})
def _warm_up(model: ModelSpec) -> None:
    """Load the model shortly after the first page was sent, so that the first edit need not wait for it.

    ``CATSEL_WARM_UP=0`` leaves the model on disk until it is needed.
    """
    if os.environ.get("CATSEL_WARM_UP") == "0":
        return
    timer = threading.Timer(_WARM_UP_SECONDS, shelf.load, [model])
    timer.daemon = True
    timer.start()


def _wait(request: Request) -> Analysis:
    """Show a bar, and after a while a button that stops the work, until the job is done."""
    job = _desk().job(request)
    start = time.monotonic()
    place = st.empty()
    bar = button = None
    job.come()
    try:
        while True:
            try:
                found: Analysis = job.future.result(timeout=_POLL_SECONDS)
            except _StoppedError:  # it gave up on a visitor who has just come back
                return _wait(request)
            except TimeoutError:
                if bar is None:
                    bar, button = _progress_area(place)
                text, part = _progress(request, job)
                bar.progress(part, text)
                if button is not None and time.monotonic() - start > _BUTTON_SECONDS:
                    button.button("Stop", icon=":material/stop_circle:", on_click=_stop, args=(request,))
                    button = None
            else:
                return found
    finally:
        job.leave()
        place.empty()


def _progress_area(place: Any) -> tuple[Any, Any]:
    with place.container(horizontal=True, vertical_alignment="center"):
        return st.empty(), st.empty()


def _progress(request: Request, job: _Job) -> tuple[str, float]:
    if not job.total:
        return job.message, 0.0
    return f"The model has read {job.done} of {job.total} {_UNITS[type(request)]} …", job.done / job.total


def _stop(request: Request) -> None:
    """Stop watching; the job itself ends too, unless somebody else waits for it."""
    job = _desk().running(request)
    if job is not None:
        job.stopped = True
        st.session_state["stopped_at"] = (job.done, job.total)
        st.session_state["stopped"] = request


def _offer_to_go_on(request: Request) -> None:
    done, total = st.session_state["stopped_at"]
    messages.note(f"Stopped after {done} of {total} {_UNITS[type(request)]}. What was finished is kept.")
    st.button("Go on", icon=":material/play_circle:", on_click=_go_on)
    st.stop()


def _go_on() -> None:
    st.session_state.pop("stopped", None)

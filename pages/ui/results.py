"""The dashboard's only way to the core: one model in memory, work shared between visitors.

Work runs in threads of its own, so that a visitor who edits on or leaves does not break it off
half-way: it finishes, is stored, and is there for the next one who asks.
"""

import gc
import logging
import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from catsel_core import models
from catsel_core.analysis import WordAnalysis, WordRequest, analyse_words
from catsel_core.errors import CatselError
from catsel_core.models import LoadedModel, ModelSpec
from pages.ui import messages

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_WORKERS = 2
_POLL_SECONDS = 0.1
_WARM_UP_SECONDS = 2.0
_LOG = logging.getLogger("catsel")


@st.cache_resource(max_entries=1, show_spinner=False)
def _loaded(_model: ModelSpec, name: str, revision: str, precision: str) -> LoadedModel:
    loaded = models.load_model(_model)
    # torch and transformers leave hundreds of thousands of objects behind, and Streamlit collects
    # garbage after every script run: take them out of the collector's sight once and for all.
    gc.collect()
    gc.freeze()
    return loaded


def load(model: ModelSpec) -> LoadedModel:
    """The model, read from disk by whoever needs it first."""
    return _loaded(model, **model.identity)


@dataclass
class _Job:
    """An analysis under way, and how far it is."""

    done: int = 0
    total: int = 0
    message: str = "Waking the model …"
    future: "Future[WordAnalysis]" = field(default_factory=Future)

    def tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def say(self, message: str) -> None:
        self.message = message


class _Desk:
    """Takes requests; equal ones that come while the first is under way share its job."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="catsel")
        self._jobs: dict[WordRequest, _Job] = {}
        self._lock = threading.Lock()

    def job(self, request: WordRequest) -> _Job:
        with self._lock:
            if request in self._jobs:
                return self._jobs[request]
            job = self._jobs[request] = _Job()
            job.future = self._pool.submit(self._run, request, job)
            return job

    def _run(self, request: WordRequest, job: _Job) -> WordAnalysis:
        try:
            return analyse_words(request, load=load, progress=job.tell, say=job.say)
        finally:
            with self._lock:
                del self._jobs[request]


@st.cache_resource(show_spinner=False)
def _desk() -> _Desk:
    return _Desk()


def analysis(request: WordRequest) -> WordAnalysis:
    """The finished analysis, with progress shown while it is made. An error is shown and ends the page there."""
    try:
        found = _wait(_desk().job(request))
    except CatselError as exc:
        messages.error(str(exc))
    except MemoryError:
        messages.error("The machine has too little free memory for this list. Use fewer words or close other programs.")
    except Exception:  # a bug of ours or of a library: the log has the details, the visitor a way out
        _LOG.exception("analysis of %r failed", request)
        messages.error(
            "Something went wrong inside catsel; the server's log has the details. "
            "Choose another list or prompt on the Words page."
        )
    else:
        _warm_up(found.model)
        _say_what_was_left_out(found)
        return found
    st.stop()


def _say_what_was_left_out(found: WordAnalysis) -> None:
    words = [item.label for item in found.inputs.dropped]
    if words:
        st.caption(messages.plain(f"Left out, being of several tokens: {', '.join(words)}."))


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={ModelSpec: repr})
def _warm_up(model: ModelSpec) -> None:
    """Load the model shortly after the first page was sent, so that the first edit need not wait for it.

    ``CATSEL_WARM_UP=0`` leaves the model on disk until it is needed.
    """
    if os.environ.get("CATSEL_WARM_UP") == "0":
        return
    timer = threading.Timer(_WARM_UP_SECONDS, load, [model])
    timer.daemon = True
    timer.start()


def _wait(job: _Job) -> WordAnalysis:
    bar: DeltaGenerator | None = None
    try:
        while True:
            try:
                return job.future.result(timeout=_POLL_SECONDS)
            except TimeoutError:
                text, part = _progress(job)
                bar = bar or st.empty()
                bar.progress(part, text)
    finally:
        if bar is not None:
            bar.empty()


def _progress(job: _Job) -> tuple[str, float]:
    if not job.total:
        return job.message, 0.0
    return f"The model has read {job.done} of {job.total} prompts …", job.done / job.total

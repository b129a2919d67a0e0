"""The dashboard's only way to analyses: made once for all visitors, or a sentence why there is none."""

import logging
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import NoReturn, overload

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from catsel_core.analyses.contexts import ContextAnalysis, ContextRequest, analyse_contexts
from catsel_core.analyses.precision import Deviation
from catsel_core.analyses.sentences import SentenceAnalysis, SentenceRequest, analyse_sentences
from catsel_core.analyses.side_by_side import CompareRequest, SideBySide, compare_sides
from catsel_core.analyses.words import WordAnalysis, WordRequest, analyse_words
from catsel_core.errors import CatselError
from catsel_core.hidden_states import model_cache as shelf
from catsel_core.models.spec import ModelSpec
from catsel_core.settings import current_settings
from pages.ui import messages
from pages.ui.work import jobs
from pages.ui.work.jobs import Desk, Job

Request = WordRequest | ContextRequest | SentenceRequest | CompareRequest
Analysis = WordAnalysis | ContextAnalysis | SentenceAnalysis | SideBySide

_WARM_UP_SECONDS = 3.0  # after the page was made: by then a slow browser has painted it
_LOG = logging.getLogger("catsel")

_UNITS = {
    WordRequest: "prompts",
    ContextRequest: "windows",
    SentenceRequest: "sentences",
    CompareRequest: "prompts",
}


def work(request: Request, job: Job) -> Analysis:
    """Make what a request asks for."""
    match request:
        case WordRequest():
            return analyse_words(request, progress=job.tell, say=job.say)
        case ContextRequest():
            return analyse_contexts(request, progress=job.tell, say=job.say)
        case SentenceRequest():
            return analyse_sentences(request, progress=job.tell, say=job.say)
        case CompareRequest():
            return compare_sides(request, progress=job.tell, say=job.say)


@st.cache_resource(show_spinner=False)
def _desk() -> Desk:
    return Desk(work)


@overload
def analysis(request: WordRequest) -> WordAnalysis: ...
@overload
def analysis(request: ContextRequest) -> ContextAnalysis: ...
@overload
def analysis(request: SentenceRequest) -> SentenceAnalysis: ...
@overload
def analysis(request: CompareRequest) -> SideBySide: ...
def analysis(request: Request) -> Analysis:
    """The finished analysis, with progress shown while it is made. An error or a stop ends the page there.

    Progress, and then what to know about the result, stand in one place, which is there even when it is empty: what
    follows keeps its own place on the page, and the browser its charts instead of drawing them from nothing.
    """
    place = st.empty()
    found = _finished(request, place)
    notes = [note for each in _parts(found) for note in _what_to_know(each)]
    if notes:
        with place.container():
            for note in notes:
                st.caption(messages.plain(note))
    _warm_up(found)
    return found


def _finished(request: Request, place: DeltaGenerator) -> Analysis:
    units = _UNITS[type(request)]
    stopped = jobs.stopped_at(request)
    if stopped:
        _offer_to_go_on(*stopped, units)
    try:
        found: Analysis = _desk().finished(request) or jobs.wait(
            _desk(), request, lambda done, total: f"The model has read {done} of {total} {units} …", place
        )
    except Exception as exc:  # a user never sees a traceback
        messages.error(reason(exc, request))
        st.stop()
    return found


def reason(exc: Exception, request: object) -> str:
    """A failure in words; what is no error of ours goes into the log."""
    if isinstance(exc, CatselError):
        return str(exc)
    if isinstance(exc, MemoryError):
        return "The machine has too little free memory for this. Use fewer or shorter texts or close other programs."
    _LOG.error("%r failed", request, exc_info=exc)
    return (
        "Something went wrong inside catsel; the server's log has the details. "
        "Choose other words, another text or another model."
    )


def _parts(found: Analysis) -> tuple[WordAnalysis | ContextAnalysis | SentenceAnalysis, ...]:
    return found.sides if isinstance(found, SideBySide) else (found,)


def _what_to_know(found: WordAnalysis | ContextAnalysis | SentenceAnalysis) -> Iterator[str]:
    words = list(dict.fromkeys(item.label for item in found.inputs.dropped))
    if words:
        yield f"Left out, being of several tokens: {', '.join(words)}."
    if found.model.precision != "float32":
        yield _precision(found.model, found.deviation)


def _precision(model: ModelSpec, deviation: Deviation | None) -> str:
    if deviation is None:
        return (
            f"{model.name} ran in {model.precision}. How far its cosines are from float32 could not be measured: "
            "in float32 it needs more memory than is free."
        )
    share = "all" if deviation.n_items == deviation.n_all else f"{deviation.n_items} of the {deviation.n_all}"
    return (
        f"{model.name} ran in {model.precision}: a cosine differs from its float32 value by at most "
        f"{deviation.largest:.4f} (at {model.layers[deviation.layer]}; measured on {share} items)."
    )


@st.cache_resource(show_spinner=False)
def _warm_up(_found: Analysis) -> None:
    """Load the first visitor's model shortly after the first page was sent: the first edit need not wait for it."""
    if not current_settings().warm_up or isinstance(_found, SideBySide):
        return
    timer = threading.Timer(_WARM_UP_SECONDS, _load_quietly, [_found.model])
    timer.daemon = True
    timer.start()


def _load_quietly(model: ModelSpec) -> None:
    with suppress(CatselError):  # whoever needs the model will be told
        shelf.load_if_empty(model)


def _offer_to_go_on(done: int, total: int, units: str) -> NoReturn:
    messages.note(f"Stopped after {done} of {total} {units}. What was finished is kept.")
    st.button("Go on", icon=":material/play_circle:", on_click=jobs.go_on)
    st.stop()

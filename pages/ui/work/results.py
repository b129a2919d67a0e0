"""The dashboard's only way to analyses: made once for all visitors, or a sentence why there is none."""

import logging
from contextvars import Context
from functools import partial
from typing import Any, overload

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from catsel_core.analyses.contexts import ContextAnalysis, ContextRequest
from catsel_core.analyses.kinds import Analysis, Kind, Request, kind_of, models_of
from catsel_core.analyses.notes import what_to_know
from catsel_core.analyses.prompts import PromptsAnalysis, PromptsRequest
from catsel_core.analyses.sentences import SentenceAnalysis, SentenceRequest
from catsel_core.analyses.side_by_side import CompareRequest, SideBySide
from catsel_core.analyses.words import WordAnalysis, WordRequest
from catsel_core.errors import CatselError
from catsel_core.hidden_states.run import Run
from catsel_core.language import mark, tr
from catsel_core.system import refusals
from pages.ui import messages
from pages.ui.session import keeping
from pages.ui.work import waiting, warm_up
from pages.ui.work.cache import MEMORY
from pages.ui.work.desk import Desk, Job
from pages.ui.work.waiting import ProgressArea

LAST_SECONDS = 1.0
"""Of waiting for a result before the last one is shown meanwhile."""

FOUND_SECONDS = 0.03
"""A chunk that is there sooner was found in the store: nothing was computed."""

STILL_THE_LAST = mark("Below is still the last result.")

_LAST, _UNFINISHED, _OUTCOME = "last_requests", "unfinished", "outcome"
_LOG = logging.getLogger("catsel")


def work(request: Request, job: Job) -> Any:
    """Make what a request asks for, and keep it in memory for all who want it."""
    found = kind_of(request).analyse(request, Run(progress=job.tell, say=job.say, waiter=job))
    MEMORY.put(_key(request), found)
    return found


DESK = Desk(work, quick=FOUND_SECONDS)


@overload
def analysis(request: WordRequest) -> WordAnalysis: ...
@overload
def analysis(request: PromptsRequest) -> PromptsAnalysis: ...
@overload
def analysis(request: ContextRequest) -> ContextAnalysis: ...
@overload
def analysis(request: SentenceRequest) -> SentenceAnalysis: ...
@overload
def analysis(request: CompareRequest) -> SideBySide: ...
def analysis(request: Request) -> Analysis:
    """The finished analysis, with progress shown while it is made.

    If that takes long, fails, or was stopped, the visitor's last analysis of this kind is given instead, marked as the
    last on the page; :func:`watch`, last on the page, then stays until the new one is done. Without one, progress
    stays until it is done, and an error or a stop ends the page.

    Progress, and then what to know about the result, stand in one place, which is there even when it is empty: what
    follows keeps its own place on the page, and the browser its charts instead of drawing them from nothing.
    """
    place, kind = st.empty(), kind_of(request)
    last = _last(kind, request)
    st.session_state.pop(_UNFINISHED, None)
    awaited, made, error = st.session_state.pop(_OUTCOME, (None, None, ""))
    found: Analysis | None = None
    if awaited == request and error:
        _say_why(error, place, last)
    else:
        found = _ready(kind, request, made if awaited == request else None) or _made(kind, request, place, last)
    if found is None:
        if last is None:
            st.stop()
        return last
    st.session_state[_LAST] = {**st.session_state.get(_LAST, {}), kind.name: request}
    represented = kind.represented(found)
    notes = list(dict.fromkeys(note for each in represented for note in what_to_know(each)))
    if notes:
        with place.container():
            for note in notes:
                st.caption(messages.plain(note))
    warm_up.begin(represented[0].model)
    return found


def waited(request: Request) -> Analysis | None:
    """The finished analysis itself, waited for with its progress, never the last one; None, and a sentence, without."""
    place, kind = st.empty(), kind_of(request)
    return _ready(kind, request, None) or _made(kind, request, place, None)


def last_contexts() -> ContextRequest | None:
    """What this visitor last got an analysis for in a text, if that is still in memory: where nothing can be asked."""
    last: ContextRequest | None = st.session_state.get(_LAST, {}).get("contexts")
    return last if last is not None and MEMORY.get(_key(last)) is not None else None


def watch() -> None:
    """Stay with what this visitor waits for until it is done: last on a page, when all else is shown and is kept."""
    keeping.save()
    area: ProgressArea | None = st.session_state.pop(_UNFINISHED, None)
    if area is None:
        return
    try:
        found, error = waiting.wait(area), ""
    except Exception as exc:  # a user never sees a traceback
        found, error = None, reason(exc, area.request)
    st.session_state[_OUTCOME] = (area.request, found, error)
    st.rerun()


def _ready(kind: Kind, request: Request, found: Analysis | None) -> Analysis | None:
    """The finished analysis, this one or one at hand, if it is of the models as they are now."""
    if found is None:
        found = MEMORY.get(_key(request))
    if found is None:
        return None
    try:
        current = [model.identity for model in models_of(request)]
    except CatselError:  # said when it is made anew
        return None
    return found if current == [each.model.identity for each in kind.represented(found)] else None


def _made(kind: Kind, request: Request, place: DeltaGenerator, last: Analysis | None) -> Analysis | None:
    """The analysis, made now; None if it failed, was stopped, or takes long and there is a last one to be shown."""
    stopped = waiting.stopped_at(request)
    if stopped:
        _offer_to_go_on(_where_it_stopped(kind, *stopped), place, last)
        return None
    area = ProgressArea(place, DESK, request, partial(_describe, kind))
    try:
        found: Analysis | None = waiting.wait(area, seconds=None if last is None else LAST_SECONDS)
    except Exception as exc:  # a user never sees a traceback
        _say_why(reason(exc, request), place, last)
        return None
    if found is None:
        area.note(tr("Below is still the last result, until this one is done."))
        st.session_state[_UNFINISHED] = area
    return found


def _describe(kind: Kind, done: int, total: int) -> str:
    return tr("The model has read {done} of {total} {items} …", done=done, total=total, items=tr(kind.unit))


def _say_why(error: str, place: DeltaGenerator, last: Analysis | None) -> None:
    """Say why there is no analysis, and that what follows is the last one, if there is one."""
    with place.container():
        messages.error(error)
        if last is not None:
            st.caption(tr(STILL_THE_LAST))


def _last(kind: Kind, request: Request) -> Analysis | None:
    """What this visitor saw last of this kind, if it is another one and still in memory."""
    last = st.session_state.get(_LAST, {}).get(kind.name)
    return None if last in (None, request) else MEMORY.get(_key(last))


def _key(request: Request) -> tuple[str, Request]:
    return "analysis", request


def reason(exc: Exception, request: object) -> str:
    """A failure in words; what is no error of ours goes into the log."""
    if isinstance(exc, CatselError):
        return str(exc)
    told = refusals.sentence(exc)
    if told is not None:
        _LOG.warning("%s", Context().run(refusals.sentence, exc))  # in English, whatever the visitor speaks
        return told
    _LOG.error("%s failed", type(request), exc_info=exc)
    return tr(
        "Something went wrong inside catsel; the server's log has the details. "
        "Choose other words, another text or another model."
    )


def _where_it_stopped(kind: Kind, done: int, total: int) -> str:
    if not total:
        return tr("Stopped.")
    stopped = tr("Stopped after {done} of {total} {items}.", done=done, total=total, items=tr(kind.unit))
    kept = tr("What was finished is kept.") if done else tr("Nothing was finished yet.")
    return f"{stopped} {kept}"


def _offer_to_go_on(stopped: str, place: DeltaGenerator, last: Analysis | None) -> None:
    with place.container():
        messages.note(stopped)
        st.button(tr("Go on"), icon=":material/play_circle:", on_click=waiting.go_on)
        if last is not None:
            st.caption(tr(STILL_THE_LAST))

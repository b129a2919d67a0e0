"""Books of Project Gutenberg: one fetch for all who want a book, with a bar and a way to stop waiting."""

from dataclasses import dataclass

import streamlit as st

from catsel_core.inputs import gutenberg
from catsel_core.language import tr
from catsel_core.system.refusals import size
from pages.ui.work import waiting
from pages.ui.work.desk import Desk, Job
from pages.ui.work.waiting import ProgressArea

_WANTED = "wanted_book"


@dataclass(frozen=True, slots=True)
class Fetch:
    """A book that is wanted, by its number."""

    number: int


def _fetch(wanted: Fetch, job: Job) -> bool:
    job.say(tr("Fetching book {number} …", number=wanted.number))
    gutenberg.book(wanted.number, progress=job.tell)
    return True


def _describe(done: int, total: int) -> str:
    return tr("{done} of {total} of the book …", done=size(done), total=size(total))


DESK = Desk(_fetch)


def begin(number: int) -> None:
    """The visitor asks for a book, again if its fetch was stopped before."""
    waiting.go_on()
    st.session_state[_WANTED] = number


def is_wanted(number: int) -> bool:
    """Whether the visitor has asked for this book and not got it yet."""
    return bool(st.session_state.get(_WANTED) == number)


def fetched(number: int) -> bool:
    """Whether the book is here: fetched if it is not, and waited for unless the visitor stops that.

    Raises:
        InputError, FetchError: with a sentence for the user.
    """
    wanted = Fetch(number)
    if waiting.stopped_at(wanted) is not None:
        st.session_state.pop(_WANTED, None)
        return False
    area = ProgressArea(st.empty(), DESK, wanted, _describe)
    try:
        found = bool(waiting.wait(area))
    except Exception:
        st.session_state.pop(_WANTED, None)
        raise
    st.session_state.pop(_WANTED, None)
    return found

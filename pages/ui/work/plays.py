"""Shakespeare's plays as a job: fetched once for all who want them, with a bar and a way to stop waiting."""

from dataclasses import dataclass

import streamlit as st

from catsel_core.inputs import shakespeare
from catsel_core.language import tr
from pages.ui.work import waiting
from pages.ui.work.desk import Desk, Job
from pages.ui.work.downloads import describer
from pages.ui.work.waiting import ProgressArea


@dataclass(frozen=True, slots=True)
class Plays:
    """All plays are wanted, and are fetched together."""


def _fetch(_: Plays, job: Job) -> bool:
    job.say(tr("Fetching the plays …"))
    shakespeare.fetch(job.tell)
    return True


DESK = Desk(_fetch)


def fetched() -> bool:
    """Whether the plays are here: fetched if they are not, and waited for unless the visitor stops that.

    Raises:
        FetchError: with a sentence for the user.
    """
    if shakespeare.is_here():
        return True
    wanted = Plays()
    if waiting.stopped_at(wanted) is not None:
        st.button(tr("Fetch the plays"), icon=":material/download:", on_click=waiting.go_on)
        return False
    return bool(waiting.wait(ProgressArea(st.empty(), DESK, wanted, describer())))

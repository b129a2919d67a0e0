"""A report, made when it is asked for: the analyses with their progress first, the file itself when it is saved."""

from functools import partial

import streamlit as st

from catsel_core.analyses.kinds import Analysis
from catsel_core.errors import CatselError
from catsel_core.export.parts import NAMES, PARTS, Part, request_of
from catsel_core.export.report import Report, report_html, today
from catsel_core.language import speak, spoken, tr
from catsel_core.session import Session
from pages.ui import messages
from pages.ui.session import visitor
from pages.ui.work import first_start, results

_ASKED = "report-asked"


def report_control() -> None:
    """What is in it, a button that has it made, and when it can be made one that saves it; last on a page."""
    session = visitor.session()
    st.markdown("**" + tr("Report") + "**")
    st.markdown(
        tr(
            "One file for people without catsel: figures that move with the layer, what they say, tables, settings and "
            "how to cite. It is read offline, and prints. The session is in it too."
        )
    )
    chosen = st.multiselect(
        tr("What is in it"),
        PARTS,
        PARTS[:1],
        format_func=lambda part: tr(NAMES[part]),
        key="report-of",
        help=tr("Each brings the figures of its pages, as they are chosen there."),
    )
    if st.button(tr("Make the report"), icon=":material/description:", disabled=not chosen):
        st.session_state[_ASKED] = (session, chosen)
    if chosen and st.session_state.get(_ASKED) == (session, chosen):  # what is asked for since then is another one
        first_start.begin()
        analyses = _analyses(session, chosen)
        if len(analyses) == len(chosen):
            _offer(Report(session, visitor.own_texts(), analyses, today()))


def _analyses(session: Session, kinds: list[Part]) -> tuple[Analysis, ...]:
    """What is in the report, up to the first that there is none of: why is said."""
    found: list[Analysis] = []
    for kind in kinds:
        try:
            made = results.waited(request_of(kind, session, visitor.own_texts()))
        except CatselError as exc:
            messages.error(str(exc))
            made = None
        if made is None:
            break
        found.append(made)
    return tuple(found)


def _offer(report: Report) -> None:
    st.download_button(
        tr("Save the report"),
        partial(_written, report, spoken()),
        f"catsel-report-{report.name or 'session'}.html",
        "text/html",
        icon=":material/download:",
        on_click="ignore",
    )


def _written(report: Report, language: str) -> bytes:
    """In the language of its page: what is saved is made in a thread that speaks none."""
    speak(language)
    return report_html(report).encode()

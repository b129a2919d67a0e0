"""Results to take along: a notebook that makes them again, and everything of them as a zip.

A notebook is written when its button is pressed; nothing runs for it. The zip takes an analysis, which is made when it
is asked for: with its progress in sight, and a sentence if there is none.
"""

from functools import partial

import streamlit as st

from catsel_core.analyses.kinds import Request
from catsel_core.errors import CatselError
from catsel_core.export.parts import NAMES, PARTS, Part, models_of_parts, request_of
from catsel_core.figures.about import file_name
from catsel_core.inputs.text_references import OwnTexts
from catsel_core.language import speak, spoken, tr
from catsel_core.models.find import find_model
from catsel_core.session import Session
from pages.ui import messages
from pages.ui.session import visitor
from pages.ui.work import results
from pages.ui.work.cache import MEMORY

_WANTED = "wanted_data"


def exports_control() -> None:
    """What is taken along, and a button for each form of it."""
    st.markdown("**" + tr("Take results along") + "**")
    part = st.segmented_control(
        tr("Result"), PARTS, format_func=lambda part: tr(NAMES[part]), default="words", required=True, key="result"
    )
    session, own = visitor.session(), visitor.own_texts()
    try:
        for reference in models_of_parts(session, (part,)):
            find_model(reference)
        request = request_of(part, session, own)
    except CatselError as exc:
        messages.error(str(exc))
        return
    with st.container(horizontal=True):
        _notebook(session, own, part)
        st.button(tr("Make the data"), icon=":material/folder_zip:", on_click=_want, args=(request,))
    if st.session_state.get(_WANTED) == request:
        _data(session, own, part, request)
    st.caption(
        tr(
            "The notebook makes the result again, with tables and figures. The data are a zip with tables for "
            "spreadsheets, arrays for numpy, and a guide to them."
        )
    )


def _want(request: Request) -> None:
    st.session_state[_WANTED] = request


def _notebook(session: Session, own: OwnTexts, part: Part) -> None:
    st.download_button(
        tr("Notebook"),
        partial(_written, session, own, part, spoken()),
        f"catsel-{_named(session, part)}.ipynb",
        "application/x-ipynb+json",
        icon=":material/download:",
        on_click="ignore",
    )


def _written(session: Session, own: OwnTexts, part: Part, language: str) -> str:
    """In the language of its page: what is saved is made in a thread that speaks none."""
    from catsel_core.export.notebook import notebook

    speak(language)
    return notebook(session, own, (part,))


def _named(session: Session, part: Part) -> str:
    """A name that says what it is of, and which model."""
    said = "" if part in ("contexts", "sentences") else file_name(each.name for each in session.words.words.categories)
    models = (find_model(each).name.rpartition("/")[2] for each in models_of_parts(session, (part,)))
    return "-".join(filter(None, (said, part, file_name(models))))


def _data(session: Session, own: OwnTexts, part: Part, request: Request) -> None:
    """The zip, once its analysis is there; the same again is not made twice."""
    from catsel_core.export.data_archive import archive_name, data_archive
    from catsel_core.export.parts import result_of

    analysis = results.waited(request)
    if analysis is None:
        return
    try:
        with st.spinner(tr("Writing tables …")):
            result = result_of(session, part, analysis)
            made = MEMORY.get_or_build(
                ("data", session, request, analysis.model, spoken()), partial(data_archive, (result,), own)
            )
    except Exception as exc:  # a user never sees a traceback
        messages.error(results.reason(exc, request))
        return
    st.download_button(
        tr("Data as a zip"),
        made,
        archive_name((result,)),
        "application/zip",
        icon=":material/download:",
        on_click="ignore",
    )

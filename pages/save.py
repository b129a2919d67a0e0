"""Save and share: everything that is chosen, as a link or a file, and what comes of it as a report."""

import streamlit as st

from pages.ui import frame

frame.begin("Save and share", needs_model=False)

from catsel_core.language import tr
from pages.ui.controls import exports, report, session_file
from pages.ui.controls.link import link_control
from pages.ui.session import sidebar, visitor

st.markdown(
    tr(
        "A link or a file holds everything that is chosen on all pages: lists, prompts, texts, sentences, both sides "
        "of Compare, the model and how results are looked at. It opens on any other catsel; a file also on the command "
        "line."
    )
)
left, right = st.columns(2, gap="large")
with left:
    link_control()
    session_file.save_control()
with right:
    session_file.open_control()
    session_file.begin_anew_control()
with st.container():
    exports.exports_control()
sidebar.show_words(visitor.session())
report.report_control()

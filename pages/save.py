"""Save and open: everything that is chosen, as a file for another day, place or the command line, and as a report."""

import streamlit as st

from pages.ui import frame

frame.begin("Save and open", needs_model=False)

from pages.ui.controls import report, session_file
from pages.ui.session import sidebar, visitor

st.markdown(
    "A file holds everything that is chosen on all pages: lists, prompts, texts, sentences, both sides of Compare, the "
    "model and how results are looked at. It opens here, on any other catsel, and on the command line."
)
left, right = st.columns(2, gap="large")
with left:
    session_file.save_control()
with right:
    session_file.open_control()
sidebar.show_words(visitor.session())
report.report_control()

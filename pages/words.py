"""Words: choose, edit and check the list and the prompt, and see at once what comes out."""

import streamlit as st

from catsel_core.language import tr
from pages.ui import frame

frame.begin("Words")

from catsel_core.figures import of_words as charts
from pages.ui.controls import word_list as editor
from pages.ui.controls.check import apply_draft, show_check
from pages.ui.controls.find_word import find_control
from pages.ui.controls.prompt import prompt_control
from pages.ui.session import sidebar, visitor
from pages.ui.viewer.components import show_chart
from pages.ui.work import results
from pages.ui.work.charts import chart

left, right = st.columns([6, 5], gap="large")
with left:
    editor.preset_control()
    editor.edit_draft()
    find_control()
with right:
    inputs = apply_draft(*prompt_control())
    session = visitor.session()
    sidebar.show_words(session)
    show_chart(chart(charts.delta_profile, results.analysis(session.word_request())))
    st.page_link("pages/one_layer.py", label=tr("See every pair at one layer"), icon=":material/grid_on:")
    show_check(inputs)
results.watch()

"""Words: choose, edit and check the list and the prompt, and see at once what comes out."""

import streamlit as st

from pages.ui import frame

frame.begin("Words")

from pages.ui import charts, choice, editor, results
from pages.ui.check import apply_draft, show_check
from pages.ui.prompt import prompt_control
from pages.ui.viewer.components import show_chart

left, right = st.columns([6, 5], gap="large")
with left:
    editor.preset_control()
    editor.edit_draft()
with right:
    prompt_control()
    inputs = apply_draft()
    show_chart(charts.delta_profile(results.analysis(choice.current_request())))
    st.page_link("pages/one_layer.py", label="See every pair at one layer", icon=":material/grid_on:")
    show_check(inputs)

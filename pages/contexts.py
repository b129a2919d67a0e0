"""Contexts: the same words in a whole text, every occurrence with what stands before it."""

import streamlit as st

from pages.ui import frame

frame.begin("Contexts")

from pages.ui import choice, results
from pages.ui import context_charts as charts
from pages.ui.comparing import comparison_control
from pages.ui.controls import scale_control
from pages.ui.targets import located, show_occurrences, show_text, targets_control
from pages.ui.text_choice import text_control
from pages.ui.viewer.components import layer_slider, show_chart

st.markdown(
    "The same word in different places: the model reads the tokens before each occurrence, and its vector for the "
    "word changes with them. Do occurrences of one word stay together, and do different words come together?"
)
left, right = st.columns([5, 6], gap="large")
with left:
    text = text_control()
    summary = st.container()
with right:
    targets_control(text)
request = choice.current_contexts()
found = located(request)
with summary:
    show_text(found)
show_occurrences(request, found)
analysis = results.analysis(request)
layer_slider(analysis.model.layers)
with st.container(horizontal=True, gap="large"):
    comparisons = comparison_control(analysis.blocks.labels)
    scale = scale_control()
left, right = st.columns([3, 2], gap="large")
with left:
    show_chart(charts.occurrence_matrix(analysis, scale))
with right:
    show_chart(charts.layer_distributions(analysis, comparisons, scale))
    show_chart(charts.group_mask(analysis, comparisons))

"""Contexts: the same words in a whole text, every occurrence with what stands before it."""

import streamlit as st

from catsel_core.language import tr
from pages.ui import frame

frame.begin("Contexts")

from catsel_core.figures import of_contexts as charts
from pages.ui.controls.chosen import contexts_line
from pages.ui.controls.contrasts import contrast_control
from pages.ui.controls.fold import Fold
from pages.ui.controls.measure import measure_control
from pages.ui.controls.targets import located, show_found, show_occurrences, show_text, targets_control
from pages.ui.controls.text import context_request, text_control
from pages.ui.controls.view import approach_control, scale_control
from pages.ui.session import sidebar, visitor
from pages.ui.viewer.components import layer_bar, layer_slider, show_chart
from pages.ui.work import results
from pages.ui.work.charts import chart

line = Fold(tr("Text"))
with line.controls():
    st.markdown(
        tr(
            "The same word in different places: the model reads the tokens before each occurrence, and its vector for "
            "the word changes with them. Do occurrences of one word stay together, and do different words come "
            "together?"
        )
    )
    left, right = st.columns([5, 6], gap="large")
    with left:
        text = text_control()
        summary = st.container()
    with right:
        targets_control(text)
with line.controls():
    measure_control("contexts")
request = context_request()
sidebar.show_contexts(visitor.session(), request.text.title)
found = located(request)
contexts_line(line, request, found)
with summary:
    show_text(request.text, found)
with line.controls():
    show_found(request, found)
analysis = results.analysis(request)
with line.controls():
    contrasts = contrast_control(analysis.label_pairs.labels)
with layer_bar():
    layer_slider(analysis.model.layers)
    scale = scale_control()
    approach = approach_control()
left, right = st.columns([3, 2], gap="large")
with left:
    show_chart(chart(charts.occurrence_matrix, analysis, scale))
with right:
    show_chart(chart(charts.DISTRIBUTIONS[approach], analysis, contrasts, scale))
    show_chart(chart(charts.group_mask, analysis, contrasts))
show_occurrences(request, found)
results.watch()

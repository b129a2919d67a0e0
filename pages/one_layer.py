"""One layer: the similarity matrix, both distributions, and which cell belongs where."""

import streamlit as st

from pages.ui import frame

frame.begin("One layer")

from catsel_core.figures import of_words as charts
from pages.ui.controls.chosen import words_line
from pages.ui.controls.view import order_control, scale_control
from pages.ui.session import sidebar, visitor
from pages.ui.viewer.components import layer_bar, layer_slider, show_chart
from pages.ui.work import results
from pages.ui.work.charts import chart

session = visitor.session()
sidebar.show_words(session)
session = words_line(session)
analysis = results.analysis(session.word_request())
with layer_bar():
    layer_slider(analysis.model.layers)
    scale = scale_control()
    ordering = order_control(len(analysis.inputs.items))
left, right = st.columns([3, 2], gap="large")
with left:
    show_chart(chart(charts.similarity_matrix, analysis, scale, ordering))
with right:
    show_chart(chart(charts.distributions, analysis, scale))
    show_chart(chart(charts.pair_mask, analysis))
left, right = st.columns(2, gap="large")
with left:
    show_chart(chart(charts.unit_bars, analysis))
with right:
    show_chart(chart(charts.unit_profile, analysis))
results.watch()

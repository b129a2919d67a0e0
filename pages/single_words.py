"""Single words: which fit into their category, one word on its way through the layers, categories by each other."""

import streamlit as st

from pages.ui import frame

frame.begin("Single words")

from catsel_core.figures import of_words as charts
from pages.ui.controls.chosen import words_line
from pages.ui.controls.view import item_control
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
    word = item_control(analysis.inputs.items)
left, right = st.columns(2, gap="large")
with left:
    show_chart(chart(charts.selectivity, analysis))
with right:
    show_chart(chart(charts.word_path, analysis, word))
left, right = st.columns(2, gap="large")
with left:
    show_chart(chart(charts.category_means, analysis))
with right:
    show_chart(chart(charts.accuracy, analysis))
    show_chart(chart(charts.silhouette, analysis))
results.watch()

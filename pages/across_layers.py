"""Across layers: four laminar profiles, the book's or careful ones, next tokens, and the variance sanity figure."""

import streamlit as st

from catsel_core.language import mark, tr
from pages.ui import frame

frame.begin("Across layers")

from catsel_core.figures import of_words as charts
from pages.ui.controls.chosen import words_line
from pages.ui.controls.shared import show_rows
from pages.ui.controls.view import approach_control
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
    approach = approach_control()
columns = [column for _ in range(2) for column in st.columns(2, gap="large")]
for column, letter, panel in zip(columns, "ABCD", charts.PROFILES[approach], strict=True):
    with column:
        show_chart(chart(panel, analysis), prefix=f"{letter} · ")
if approach == "careful":
    show_chart(chart(charts.shuffle_view, analysis))
left, right = st.columns([6, 5], gap="large")
with left:
    show_chart(chart(charts.variance_by_position, analysis))
with right:
    st.markdown(tr("**What the model would write next**"))
    rows = [
        {mark("prompt"): item.text, mark("next token"): token.replace(" ", "␣"), mark("category"): item.group}
        for item, token in zip(analysis.inputs.items, analysis.activations.next_tokens, strict=True)
    ]
    show_rows(rows, height=340)
    st.caption(tr("The most likely token after each prompt; ␣ is a space."))
results.watch()

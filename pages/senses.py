"""Senses: the same spelling with two meanings, and the layers at which the model tells them apart."""

import streamlit as st

from catsel_core.language import tr
from pages.ui import frame

frame.begin("Senses")

from catsel_core.figures import of_sentences as charts
from pages.ui import messages
from pages.ui.controls.chosen import sentences_line
from pages.ui.controls.fold import Fold
from pages.ui.controls.measure import measure_control
from pages.ui.controls.sentences import edit_sentences, show_notes
from pages.ui.controls.view import approach_control, scale_control, word_control
from pages.ui.session import sidebar, visitor
from pages.ui.viewer.components import layer_bar, layer_slider, show_chart
from pages.ui.work import results
from pages.ui.work.charts import chart

line = Fold(tr("Sentences"))
with line.controls():
    st.markdown(
        tr(
            "A river has a bank, and so has money. The spelling is the same, so at the embedding the two are the same "
            "vector; only what stands before the word can set them apart. Δ shows how much closer pairs of the same "
            "sense are than pairs of different senses of the same word, and at which layers the meaning comes in."
        )
    )
    edit_sentences()
    show_notes()
    measure_control("sentences")
session = visitor.session()
sentences_line(line, session.sentences)
sidebar.show_sentences(session)
analysis = results.analysis(session.sentence_request())
if analysis.senses is None:
    messages.note(
        tr("No word has pairs both within a sense and between two. Give at least one word sentences in two senses.")
    )
    results.watch()
    st.stop()
with layer_bar():
    layer_slider(analysis.model.layers)
    approach = approach_control()
panels = charts.PROFILES[approach]
columns = [column for _ in panels[::2] for column in st.columns(2, gap="large")]
for column, panel in zip(columns, panels, strict=True):
    with column:
        show_chart(chart(panel, analysis))
if approach == "careful":
    show_chart(chart(charts.shuffle_view, analysis))
with st.container(horizontal=True, gap="large"):
    word = word_control(tuple(dict.fromkeys(item.label for item in analysis.inputs.items)))
    scale = scale_control()
left, right = st.columns([3, 2], gap="large")
with left:
    show_chart(chart(charts.sentence_matrix, analysis, word, scale))
with right:
    show_chart(chart(charts.sense_distributions, analysis, scale))
results.watch()

"""Tornado: how similar pairs of occurrences are at every layer, panel by panel, and their means."""

import streamlit as st

from catsel_core.language import tr
from pages.ui import frame

frame.begin("Tornado")

from catsel_core.figures import of_contexts as charts
from pages.ui.controls.chosen import contexts_line
from pages.ui.controls.contrasts import contrast_control
from pages.ui.controls.fold import Fold
from pages.ui.controls.measure import measure_control
from pages.ui.controls.targets import located
from pages.ui.controls.text import context_request
from pages.ui.controls.view import approach_control, bins_control
from pages.ui.session import sidebar, visitor
from pages.ui.viewer.components import explain, layer_bar, layer_slider, show_chart
from pages.ui.work import results
from pages.ui.work.charts import chart

line = Fold(tr("Text"))
with line.controls():
    st.page_link("pages/contexts.py", label=tr("Change the text or its words"), icon=":material/menu_book:")
    bins = bins_control()
with line.controls():
    measure_control("contexts")
request = context_request()
sidebar.show_contexts(visitor.session(), request.text.title)
contexts_line(line, request, located(request))
analysis = results.analysis(request)
with line.controls():
    contrasts = contrast_control(analysis.label_pairs.labels)
with layer_bar():
    layer_slider(analysis.model.layers)
    approach = approach_control()
panels = chart(charts.tornados, analysis, contrasts, bins)
with st.container():  # however many rows: the charts below keep their place, see results.analysis
    for start in range(0, len(panels), 3):
        for number, column in enumerate(st.columns(3, gap="medium"), start=start):
            if number < len(panels):
                with column:
                    show_chart(panels[number], key=f"-{number + 1}", explained=False)
explain("tornado")
left, right = st.columns([3, 2], gap="large")
with left:
    show_chart(chart(charts.MEAN_PROFILES[approach], analysis, contrasts))
with right:
    show_chart(chart(charts.DISTRIBUTIONS[approach], analysis, contrasts, "layer"))
results.watch()

"""Tornado: how similar pairs of occurrences are at every layer, panel by panel, and their means."""

import streamlit as st

from pages.ui import frame

frame.begin("Tornado")

from pages.ui import choice, results
from pages.ui import context_charts as charts
from pages.ui.comparing import comparison_control
from pages.ui.controls import bins_control
from pages.ui.viewer.components import explain, layer_slider, show_chart

bins_control()
analysis = results.analysis(choice.current_contexts())
layer_slider(analysis.model.layers)
comparisons = comparison_control(analysis.blocks.labels)
panels = charts.tornados(analysis, comparisons)
with st.container():  # however many rows: the charts below keep their place, see results.analysis
    for start in range(0, len(panels), 3):
        for number, column in enumerate(st.columns(3, gap="medium"), start=start):
            if number < len(panels):
                with column:
                    show_chart(panels[number], key=f"-{number + 1}", explained=False)
explain("tornado")
left, right = st.columns([3, 2], gap="large")
with left:
    show_chart(charts.mean_profile(analysis, comparisons))
with right:
    show_chart(charts.layer_distributions(analysis, comparisons, "layer"))

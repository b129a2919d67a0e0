"""Across layers: the book's four laminar profiles, next tokens, and the variance sanity figure."""

import streamlit as st

from catsel_core.analysis import position_labels
from catsel_core.figures import delta_profile, mean_profile, t_against_delta, t_profile, variance_by_position
from pages.ui import frame, results, state
from pages.ui.components import layer_slider, show_chart

frame.begin("Across layers")
request = state.request()
analysis = results.analysis(request)
if analysis is not None:
    layers, statistics = analysis.model.layers, analysis.statistics
    layer_slider(layers)
    panels = (mean_profile, delta_profile, t_profile, t_against_delta)
    for row in (panels[:2], panels[2:]):
        for column, panel in zip(st.columns(2, gap="large"), row, strict=True):
            with column:
                show_chart(
                    results.chart(
                        request, panel.__name__.replace("_", "-"), lambda panel=panel: panel(statistics, layers)
                    )
                )
    left, right = st.columns([6, 5], gap="large")
    with left:
        show_chart(
            results.chart(
                request,
                "variance-by-position",
                lambda: variance_by_position(analysis.activations.variance, position_labels(analysis), layers),
            )
        )
    with right:
        st.markdown("**What the model would write next**")
        rows = [
            {"prompt": item.text, "next token": token, "category": item.group}
            for item, token in zip(analysis.inputs.items, analysis.activations.next_tokens, strict=True)
        ]
        st.dataframe(rows, hide_index=True, height=340)
        st.caption("The most likely token after each prompt, its leading space included.")

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
    panels = {"A": mean_profile, "B": delta_profile, "C": t_profile, "D": t_against_delta}
    columns = [column for _ in range(2) for column in st.columns(2, gap="large")]
    for column, (letter, panel) in zip(columns, panels.items(), strict=True):
        with column:
            made = results.chart(request, panel.__name__, lambda panel=panel: panel(statistics, layers))
            show_chart(made, prefix=f"{letter} · ")
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
            {"prompt": item.text, "next token": token.replace(" ", "␣"), "category": item.group}
            for item, token in zip(analysis.inputs.items, analysis.activations.next_tokens, strict=True)
        ]
        st.dataframe(rows, hide_index=True, height=340)
        st.caption("The most likely token after each prompt; ␣ is a space.")

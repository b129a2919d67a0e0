"""One layer: the similarity matrix, both distributions, and which cell belongs where."""

import streamlit as st

from catsel_core.figures import distributions, pair_mask, similarity_matrix
from pages.ui import frame, results, state
from pages.ui.components import layer_slider, show_chart
from pages.ui.controls import scale_control

frame.begin("One layer")
request = state.request()
analysis = results.analysis(request)
if analysis is not None:
    layers, items, colors = analysis.model.layers, analysis.inputs.items, request.words.colors
    layer_slider(layers)
    scale = scale_control()
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_chart(
            results.chart(
                request,
                "similarity-matrix",
                lambda: similarity_matrix(analysis.similarity, items, colors, layers, scale),
                scale,
            )
        )
    with right:
        show_chart(
            results.chart(
                request,
                "distributions",
                lambda: distributions(analysis.similarity, analysis.pairs, analysis.statistics, layers, scale),
                scale,
            )
        )
        show_chart(results.chart(request, "pair-mask", lambda: pair_mask(items, colors)))

"""One layer: the similarity matrix, both distributions, and which cell belongs where."""

import streamlit as st

from pages.ui import frame

frame.begin("One layer")

from pages.ui import charts, choice, results
from pages.ui.controls import scale_control
from pages.ui.viewer.components import layer_slider, show_chart

analysis = results.analysis(choice.current_request())
layer_slider(analysis.model.layers)
scale = scale_control()
left, right = st.columns([3, 2], gap="large")
with left:
    show_chart(charts.similarity_matrix(analysis, scale))
with right:
    show_chart(charts.distributions(analysis, scale))
    show_chart(charts.pair_mask(analysis))

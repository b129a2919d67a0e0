"""Compare: two models, prompts, treatments of pieces or measures side by side on the same words."""

import streamlit as st

from pages.ui import frame

frame.begin("Compare")

from pages.ui import choice, results
from pages.ui import compare_charts as charts
from pages.ui.compare_controls import likeness_control, show_fallen, sides_control, statistic_control
from pages.ui.controls import scale_control
from pages.ui.viewer.components import LAYER_B, Follows, layer_slider, show_chart, show_neighbours

st.markdown(
    "The same words, twice: with two models, or with one model and two prompts, two ways to treat words of several "
    "tokens, or two measures. Where do both see the same categories, and which of their layers are alike?"
)
sides_control()
found = results.analysis(choice.current_comparison())
show_fallen(found)
left, right = st.columns(2, gap="large")
with left:
    statistic = statistic_control()
    show_chart(charts.depth_profiles(found, statistic))
with right:
    likeness = likeness_control()
    show_chart(charts.likeness_map(found, likeness), follows=Follows(across=LAYER_B))
follow = {"best match": found.paths[likeness].tolist(), "same depth": found.depth.tolist()}
scale = scale_control()
left, right = st.columns(2, gap="large")
with left:
    layer_slider(found.a.model.layers, label="Layer of A")
    show_chart(charts.matrix(found, "A", scale), prefix="A · ", key="-a")
with right:
    layer_slider(found.b.model.layers, LAYER_B, "Layer of B", follow)
    show_chart(charts.matrix(found, "B", scale), prefix="B · ", key="-b", explained=False, follows=Follows(LAYER_B))
show_neighbours(found, found.request.words.colors)

"""Compare: two models, prompts, treatments of pieces or measures side by side on the same words."""

import streamlit as st

from catsel_core.language import tr
from pages.ui import frame

frame.begin("Compare")

from catsel_core.figures import of_side_by_side as charts
from pages.ui.controls.chosen import sides_line
from pages.ui.controls.fold import Fold
from pages.ui.controls.sides import show_left_out, sides_control
from pages.ui.controls.view import layer_similarity_control, scale_control, statistic_control
from pages.ui.session import sidebar, visitor
from pages.ui.viewer.components import LAYER_B, Follows, layer_bar, layer_slider, show_chart, show_neighbours
from pages.ui.work import results
from pages.ui.work.charts import chart

line = Fold(tr("Sides"))
with line.controls():
    st.markdown(
        tr(
            "The same words, twice: with two models, or with one model and two prompts, two ways to treat words of "
            "several tokens, or two measures. Where do both see the same categories, and which of their layers are "
            "alike?"
        )
    )
    sides_control()
    with st.container(horizontal=True, gap="large"):
        statistic, layer_similarity = statistic_control(), layer_similarity_control()
session = visitor.session()
sides_line(line, *session.sides())
sidebar.show_compared_words(session)
found = results.analysis(session.compare_request())
show_left_out(found)
follow = {tr("best match"): found.paths[layer_similarity].tolist(), tr("same depth"): found.depth.tolist()}
with layer_bar():
    layer_slider(found.a.model.layers, mark="A")
    layer_slider(found.b.model.layers, LAYER_B, "B", follow)
left, right = st.columns(2, gap="large")
with left:
    show_chart(chart(charts.depth_profiles, found, statistic))
with right:
    show_chart(chart(charts.layer_similarity_map, found, layer_similarity), follows=Follows(across=LAYER_B))
scale = scale_control()
left, right = st.columns(2, gap="large")
with left:
    show_chart(chart(charts.matrix, found, "A", scale), prefix="A · ", key="-a")
with right:
    show_chart(
        chart(charts.matrix, found, "B", scale), prefix="B · ", key="-b", explained=False, follows=Follows(LAYER_B)
    )
show_neighbours(found, found.request.words.colors)
results.watch()

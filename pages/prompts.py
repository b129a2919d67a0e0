"""Prompts: the same words in several prompts, what differs between these, and how well they agree."""

import streamlit as st

from pages.ui import frame

frame.begin("Prompts")

from catsel_core.figures import of_prompts as charts
from pages.ui.controls.chosen import prompts_line
from pages.ui.session import sidebar, visitor
from pages.ui.viewer.components import layer_bar, layer_slider, show_chart
from pages.ui.work import results
from pages.ui.work.charts import chart

session = prompts_line(visitor.session())
sidebar.show_prompts(session)
found = results.analysis(session.prompts_request())
with layer_bar():
    layer_slider(found.model.layers)
left, right = st.columns(2, gap="large")
with left:
    show_chart(chart(charts.prompts_profile, found))
with right:
    show_chart(chart(charts.noise_ceiling, found))
results.watch()

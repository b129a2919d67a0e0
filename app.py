"""catsel: the overview, which shows a finished result at once. Start with ``make run``."""

import streamlit as st

from catsel_core.language import mark, tr
from pages.ui import frame, tour

frame.begin(mark("How a language model tells words apart"), script=tour.script())

from catsel_core.figures import of_words as charts
from pages.ui.controls.chosen import words_line
from pages.ui.session import sidebar, visitor
from pages.ui.viewer.components import layer_bar, layer_slider, show_chart
from pages.ui.work import results
from pages.ui.work.charts import chart

st.markdown(
    tr(
        "A language model turns every word into a vector, layer by layer. Do words of one category point in similar "
        "directions, and where in the model?"
    )
)
st.caption(
    tr(
        "The experiment comes from project 25 of Mike X Cohen's *50 ML projects to understand LLMs*; "
        "wherever a page says “the book”, it means that one."
    )
)
session = visitor.session()
sidebar.show_words(session)
session = words_line(session)
analysis = results.analysis(session.word_request())
with layer_bar():
    layer_slider(analysis.model.layers)
left, right = st.columns([3, 2], gap="large")
with left:
    show_chart(chart(charts.similarity_matrix, analysis, "layer"))
with right:
    show_chart(chart(charts.delta_profile, analysis))
    st.subheader(tr("Where to go"))
    st.page_link(
        "pages/words.py", label=tr("**Words**: choose or type your own categories"), icon=":material/edit_note:"
    )
    st.page_link(
        "pages/one_layer.py", label=tr("**One layer**: every pair, and both distributions"), icon=":material/grid_on:"
    )
    st.page_link(
        "pages/across_layers.py",
        label=tr("**Across layers**: the book's four laminar profiles"),
        icon=":material/stacked_line_chart:",
    )
    st.page_link(
        "pages/contexts.py", label=tr("**Contexts**: the same words in a whole text"), icon=":material/menu_book:"
    )
    st.page_link("pages/senses.py", label=tr("**Senses**: one spelling, two meanings"), icon=":material/alt_route:")
    st.page_link(
        "pages/compare.py",
        label=tr("**Compare**: two models or prompts side by side"),
        icon=":material/compare_arrows:",
    )
    st.page_link("pages/method.py", label=tr("**Method**: formulas, pitfalls, every term"), icon=":material/function:")
    tour.again()
results.watch()

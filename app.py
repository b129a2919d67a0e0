"""catsel: the overview, which shows a finished result at once. Start with ``streamlit run app.py``."""

import streamlit as st

from catsel_core.figures import delta_profile, similarity_matrix
from pages.ui import frame, results, state
from pages.ui.components import layer_slider, show_chart

frame.begin("How a language model tells words apart")
st.markdown(
    "A language model turns every word into a vector, and changes that vector layer by layer. "
    "Words of one category should point in similar directions. Do they, and where in the model?"
)
request = state.request()
analysis = results.analysis(request)
if analysis is not None:
    layers, statistics = analysis.model.layers, analysis.statistics
    layer_slider(layers)
    left, right = st.columns(2, gap="large")
    with left:
        show_chart(
            results.chart(
                request,
                "similarity-matrix",
                lambda: similarity_matrix(
                    analysis.similarity, analysis.inputs.items, request.words.colors, layers, "layer"
                ),
                "layer",
            )
        )
    with right:
        show_chart(results.chart(request, "delta-profile", lambda: delta_profile(statistics, layers)))
        st.subheader("Where to go")
        st.page_link(
            "pages/words.py", label="**Words**: choose or type your own categories", icon=":material/edit_note:"
        )
        st.page_link(
            "pages/one_layer.py", label="**One layer**: every pair, and both distributions", icon=":material/grid_on:"
        )
        st.page_link(
            "pages/across_layers.py",
            label="**Across layers**: the book's four laminar profiles",
            icon=":material/stacked_line_chart:",
        )

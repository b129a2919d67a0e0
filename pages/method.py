"""Method: step by step with formulas, what can mislead with live examples, the glossary and references."""

import streamlit as st

from catsel_core.language import mark, tr
from pages.ui import frame

frame.begin("Method", needs_model=False)

from pages.ui.controls.shared import one_of
from pages.ui.method import entries
from pages.ui.method.pitfalls import show_pitfall
from pages.ui.session import sidebar, visitor

PARTS = {
    "steps": mark("Step by step"),
    "pitfalls": mark("What can mislead"),
    "glossary": mark("Glossary"),
    "references": mark("References"),
}
st.markdown(
    tr(
        "What is computed on these pages, in the order in which it is computed; what can mislead, shown on what you "
        "have chosen; and every term. A term that is a link on another page leads here."
    )
)
asked = "glossary" if "term" in st.query_params else "pitfalls" if "pitfall" in st.query_params else "steps"
part = one_of(tr("Part"), {name: tr(label) for name, label in PARTS.items()}, asked, "method-part")
sidebar.show_words(visitor.session())
if part == "steps":
    entries.show_steps()
elif part == "pitfalls":
    show_pitfall(st.query_params.get("pitfall", ""))
elif part == "glossary":
    entries.show_glossary()
else:
    entries.show_references()

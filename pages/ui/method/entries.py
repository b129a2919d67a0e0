"""Terms as they stand on the page Method: one by one in the order of the method, or all by name with a search."""

from collections.abc import Iterable, Sequence

import streamlit as st

from catsel_core.figures.glossary import Term, glossary, linked, matching
from catsel_core.language import tr
from pages.ui import messages
from pages.ui.messages import escape


def show_steps() -> None:
    """Every step of the method with its terms and formulas."""
    known = glossary()
    for topic in known.topics:
        st.subheader(topic.title, anchor=topic.id)
        st.markdown(topic.text)
        _show(known.of_topic(topic.id), f"step-{topic.id}", known.terms)


def show_glossary() -> None:
    """The term that a link leads to, and all others by name; or those that are searched for.

    It stands first because a page that is still drawing its formulas cannot be scrolled to a place.
    """
    asked = st.text_input(tr("Search"), key="glossary-search", placeholder=tr("a term, or a word of its explanation"))
    terms = glossary().alphabetical()
    linked_to = [term for term in terms if term.id == st.query_params.get("term") and not asked.strip()]
    if linked_to:
        with st.container(border=True):
            _show(linked_to, "asked", terms)
    if found := [term for term in matching(asked, terms) if term not in linked_to]:
        _show(found, "glossary", (*linked_to, *found))
    else:
        messages.note(
            tr("No term here has “{asked}”. Try a shorter word, or empty the field to see all.", asked=asked.strip())
        )


def show_references() -> None:
    """What the method is taken from; addresses are only shown, and nothing is fetched from them."""
    lines = (f"- {each.text}" + (f" [{each.url}]({each.url})" if each.url else "") for each in glossary().references)
    st.markdown("\n".join(lines))


def _show(terms: Sequence[Term], key: str, on_page: Iterable[Term]) -> None:
    """Terms below each other, in one element since each costs a run; they lead to those that are on the page too."""
    elsewhere = {term.id for term in glossary().terms} - {term.id for term in on_page}
    with st.container(key=f"terms-{key}"):
        st.markdown("\n\n".join(_entry(term, elsewhere) for term in terms), unsafe_allow_html=True)


def _entry(term: Term, elsewhere: set[str]) -> str:
    """A heading that a link can lead to, the explanation, where it is from, and its formula. All of it is our own."""
    heading = f'<h3 data-anchor="{term.id}">{escape(term.name)}</h3>'
    text = linked(term.text, "#{}".format, {term.id, *elsewhere})
    if cited := glossary().cited(term):
        text += f" ({'; '.join(f'[{each.short}]({each.url})' for each in cited)})"
    return "\n\n".join([heading, text, *([f"$${term.formula}$$"] if term.formula else [])])

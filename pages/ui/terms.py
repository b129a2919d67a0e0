"""Terms lead to where they are explained: on the page Method, in a tab of its own, so that no page is left."""

import functools

import streamlit as st

from catsel_core.figures.glossary import explanation


def address(term: str) -> str:
    """Where a term is explained, on this server."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"{'/' + base if base else ''}/method?term={term}"


@functools.cache
def explained(name: str) -> str:
    """How a chart is computed, with its terms as links."""
    return explanation(name, address)

"""What a visitor has chosen, shown in the sidebar."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from catsel_core.analyses.contexts import ContextRequest
from catsel_core.analyses.sentences import SentenceRequest
from catsel_core.analyses.side_by_side import CompareRequest
from catsel_core.analyses.words import WordRequest
from catsel_core.inputs.word_lists import PALETTE
from catsel_core.models.catalogue import title_of
from pages.ui import messages
from pages.ui.messages import escape
from pages.ui.session import state

_MOST_WORDS = 10

# st.code would bring a syntax highlighter of 1.5 MB along, which takes a third of a second before the first figure.
_PROMPT = (
    '<div style="font-family:monospace;font-size:.86rem;overflow-wrap:anywhere;white-space:pre-wrap;'
    'border:1px solid color-mix(in srgb,currentColor 18%,transparent);border-radius:.4rem;padding:.4rem .6rem">{}</div>'
)


def current_request() -> WordRequest:
    """The visitor's word list, now shown in the sidebar: call it once a page, after anything that edits it."""
    request = state.request()
    with _choice("Current words"):
        for category in request.words.categories:
            _chip(category.name, len(category.words), category.color)
        st.caption("Prompt")
        st.html(_PROMPT.format(escape(request.template)))
    return request


def current_contexts() -> ContextRequest:
    """The visitor's text and targets, now shown in the sidebar: call it once a page, after anything that edits it."""
    request = state.contexts()
    with _choice("Current text"):
        st.markdown(messages.plain(request.text.name))
        st.caption("Words to look for")
        for target, color in zip(request.targets, PALETTE, strict=False):
            _chip(target, None, color)
    return request


def current_sentences() -> SentenceRequest:
    """The visitor's sentences, now shown in the sidebar: call it once a page, after anything that edits them."""
    request = state.sentences()
    with _choice("Current sentences"):
        words = Counter(sentence.target for sentence in request.sentences)
        for number, (word, count) in enumerate(words.most_common(_MOST_WORDS)):
            _chip(word, count, PALETTE[number % len(PALETTE)])
        if len(words) > _MOST_WORDS:
            st.caption(f"… and {len(words) - _MOST_WORDS} more words")
    return request


def current_comparison() -> CompareRequest:
    """The visitor's comparison, its words shown in the sidebar: call it once a page, after anything that edits it."""
    request = state.comparison()
    with st.sidebar:
        st.divider()
        st.caption("Current words")
        for category in request.words.categories:
            _chip(category.name, len(category.words), category.color)
    return request


@contextmanager
def _choice(heading: str) -> Iterator[None]:
    with st.sidebar:
        st.divider()
        st.caption(heading)
        yield
    current_model()


def current_model() -> None:
    """The visitor's model, shown in the sidebar; part of every choice, and all of it on the page Models."""
    reference, precision = state.model()
    short = "" if precision == "float32" else f", {precision}"
    with st.sidebar:
        st.caption(messages.plain(f"Model: {title_of(reference)}{short}, on this computer"))


def _chip(name: str, count: int | None, color: str) -> None:
    text = escape(name) + ("" if count is None else f" · {count}")
    st.html(
        f'<div style="display:flex;gap:.5rem;align-items:center;font-size:.88rem">'
        f'<span style="width:.8rem;height:.8rem;border-radius:.2rem;background:{color}"></span>'
        f"<span>{text}</span></div>"
    )

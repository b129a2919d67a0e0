"""Sentences for the visitor. Words that a visitor typed are shown as typed, never as Markdown or HTML."""

import html
import re

import streamlit as st

from catsel_core.inputs.writing import isolated

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|$<>:~^&])")


def plain(text: str) -> str:
    """``text`` with every character that Markdown would read made literal, and right-to-left words set apart."""
    return _MARKDOWN.sub(r"\\\1", isolated(text))


def escape(text: str) -> str:
    """``text`` made safe to stand inside HTML."""
    return html.escape(text, quote=True)


def error(text: str) -> None:
    """Something that keeps a result from being made, and the way out."""
    st.error(plain(text), icon=":material/error:")


def note(text: str) -> None:
    """Something worth knowing."""
    st.info(plain(text), icon=":material/info:")

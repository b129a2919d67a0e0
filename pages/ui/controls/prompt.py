"""The prompt template and what to do with words of several tokens."""

from dataclasses import replace

import streamlit as st

from catsel_core.analyses.prompts import MOST_PROMPTS, checked_templates
from catsel_core.errors import InputError
from catsel_core.inputs.items import PLACEHOLDER, TEMPLATES, Pooling, checked_template
from catsel_core.language import tr
from pages.ui import messages
from pages.ui.controls.shared import pooling_control
from pages.ui.session import visitor

_TEMPLATE = "template"

POOLING = "pooling"
"""Key of the widget that says what is done with words of several tokens."""


def prompt_control() -> tuple[str, Pooling]:
    """The template and the pooling that were chosen; a broken template is explained, and the last good one counts."""
    words = visitor.session().words
    typed = _template_control(words.template)
    pooling: Pooling = pooling_control(words.pooling, POOLING)
    try:
        template = checked_template(typed)
    except InputError as exc:
        messages.error(str(exc))
        return words.template, pooling
    if template.startswith(PLACEHOLDER):
        messages.note(
            tr(
                "The word comes first, with no space before it: to the model it is another token than inside a "
                "sentence."
            )
        )
    return template, pooling


def prompts_control() -> None:
    """Choose several prompts, or type others; what cannot be used is explained, and the last good choice stays."""
    words = visitor.session().words
    offered = list(dict.fromkeys([*TEMPLATES, words.template, *words.templates]))
    typed = st.multiselect(
        tr("Prompts"),
        offered,
        list(words.templates),
        key="templates",
        accept_new_options=True,
        max_selections=MOST_PROMPTS,
        help=tr("Choose, or type another one; {placeholder} marks where each word goes.", placeholder=PLACEHOLDER),
    )
    try:
        templates = checked_templates(typed)
    except InputError as exc:
        messages.error(str(exc))
        return
    if templates != words.templates:
        visitor.change(words=replace(words, templates=templates))


def _template_control(current: str) -> str:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        typed = st.text_input(
            tr("Prompt"),
            current,
            key=_TEMPLATE,
            persist_state="session",
            help=tr("{placeholder} marks where each word goes.", placeholder=PLACEHOLDER),
        )
        with st.popover(tr("Examples")):
            for number, example in enumerate(TEMPLATES):
                label = messages.plain(example)
                st.button(label, key=f"example-{number}", on_click=_use, args=(example,), type="tertiary")
    return typed


def _use(example: str) -> None:
    st.session_state[_TEMPLATE] = example

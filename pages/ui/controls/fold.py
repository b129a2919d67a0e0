"""What is chosen on a page, in one line that opens to the controls: once they are set the figure has the page."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from catsel_core.inputs.quotations import shortened
from pages.ui import messages
from pages.ui.messages import escape

_MOST = 80
"""Characters of one fact in the line."""


class Fold:
    """A line that opens. What is said by :mod:`pages.ui.messages` about its controls stands above it, in sight.

    Args:
        name: one word for what is chosen here.
    """

    def __init__(self, name: str) -> None:
        self._said = st.container()
        with st.container(key="fold"):
            self._line = st.container(key="chosen")
            self._inside = st.expander(name, key="fold-inside")

    @contextmanager
    def controls(self) -> Iterator[None]:
        """What is put on the page meanwhile is folded away; it can be entered again."""
        with self._inside, messages.told_at(self._said):
            yield

    def say(self, *facts: str) -> None:
        """What is chosen, as it is typed; once, when it is known."""
        text = " · ".join(shortened(fact, _MOST) for fact in facts if fact)
        self._line.html(f'<p class="catsel-chosen" title="{escape(text)}">{escape(text)}</p>')

"""Sentences made up for tests."""

import unicodedata

from hypothesis import strategies as st

from catsel_core.inputs.sentences import Sentence

CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\r\n")
CELLS = st.text(CHARACTERS, min_size=1, max_size=12)
FORMULAS = st.builds(str.__add__, st.text("=+-@'\"#,;\t\r", min_size=1, max_size=3), st.just("") | CELLS)
TIDY = (CELLS | FORMULAS).map(lambda text: unicodedata.normalize("NFC", text).strip()).filter(bool)


def made(*rows: str) -> tuple[Sentence, ...]:
    """``made("a|the bank|bank")``."""
    return tuple(Sentence(*row.split("|")) for row in rows)

"""What is said about a text for as long as it is kept: anew, in the language that is spoken when somebody reads it."""

from collections.abc import Callable, Sequence
from contextvars import copy_context

from catsel_core.language import USUAL, speak

Remark = Callable[[], str]
"""Says a sentence or a phrase."""


def joined(remarks: Sequence[Remark]) -> Remark:
    """Several sentences as one remark."""
    return lambda: " ".join(remark() for remark in remarks)


def in_english(remark: Remark) -> str:
    """The words that files have, whatever is spoken here."""
    context = copy_context()
    context.run(speak, USUAL)
    return context.run(remark)

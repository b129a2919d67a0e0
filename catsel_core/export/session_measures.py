"""The part of a session file that says how vectors are compared."""

from dataclasses import asdict
from typing import Any

from catsel_core.inputs.plain_values import PlainValues
from catsel_core.session import ContextsChoice, SentencesChoice, WordsChoice
from catsel_core.statistics.measures import Basis, Measure, Reference, checked_basis


def measure_json(chosen: WordsChoice | ContextsChoice | SentencesChoice) -> dict[str, Any]:
    """The measure and what it is taken from, as plain values."""
    return {"measure": chosen.measure, "basis": asdict(chosen.basis)}


def measure_from(values: PlainValues) -> tuple[Measure, Basis]:
    """What :func:`measure_json` wrote; the book's cosine where it is left out.

    Raises:
        InputError: if something in it cannot be used.
    """
    return values.choice("measure", Measure, "cosine"), basis_from(values.part("basis"))


def basis_from(values: PlainValues) -> Basis:
    """What a measure is taken from.

    Raises:
        InputError: if something in it cannot be used.
    """
    components = values.whole("components", 0) if values.has("components") else None
    basis = Basis(values.choice("reference", Reference, "items"), components)
    values.end()
    return checked_basis(basis)

"""What can mislead: texts about the pitfalls of the method, read from ``pitfalls.toml``."""

from dataclasses import dataclass
from pathlib import Path

from catsel_core.figures.entries import entries
from catsel_core.language import once_each_language

FILE = Path(__file__).with_name("pitfalls.toml")


@dataclass(frozen=True, slots=True)
class Pitfall:
    """One of them; ``look`` says what to look at in its live example, which has the same ``id``."""

    id: str
    title: str
    text: str
    look: str


@once_each_language
def pitfalls() -> tuple[Pitfall, ...]:
    """All of them, in the language that is spoken and in the order in which one meets them: read once."""
    return tuple(Pitfall(**each) for each in entries(FILE)["pitfall"])

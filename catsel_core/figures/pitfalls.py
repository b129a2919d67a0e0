"""What can mislead: texts about the pitfalls of the method, read from ``pitfalls.toml``."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("pitfalls.toml")


@dataclass(frozen=True, slots=True)
class Pitfall:
    """One of them; ``look`` says what to look at in its live example, which has the same ``id``."""

    id: str
    title: str
    text: str
    look: str


@functools.cache
def pitfalls() -> tuple[Pitfall, ...]:
    """All of them, in the order in which one meets them: read once."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Pitfall(**each) for each in read["pitfall"])

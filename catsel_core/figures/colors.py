"""Colours that mean one thing in all figures, and the second cue that tells many categories apart without colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from catsel_core.inputs.word_lists import PALETTE

WITHIN = "#7B2FF2"
"""Pairs of one category, whichever it is."""
ACROSS = "#C08A00"
"""Pairs of different categories."""
SIDES = ("#00828A", "#D0583A")
"""A and B of a comparison."""
MARK = "#E8175D"
"""What is pointed at within a heat map: a mean, a path, a picked cell (also in the viewer's style sheet)."""
PLAIN = "#5B6B8C"
"""Data that is neither of a category nor of pairs."""
NEUTRAL = "#8A8F98"
"""What is no data of its own: references, rings, what is left out."""

ROW = 8
"""Colours that are told apart at a glance; those of further rows come with a dash and a symbol of their own."""

_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
_SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x", "star", "hexagon")


@dataclass(frozen=True, slots=True)
class Look:
    """How one of many is drawn: no two have the same colour, dash and symbol."""

    color: str
    dash: str = "solid"
    symbol: str = "circle"

    @property
    def line(self) -> dict[str, str]:
        """As plotly describes a line."""
        return {"color": self.color, "dash": self.dash}

    @property
    def marker(self) -> dict[str, str]:
        """As plotly describes points."""
        return {"color": self.color, "symbol": self.symbol}


WITHIN_LOOK, ACROSS_LOOK = Look(WITHIN, symbol="hexagon"), Look(ACROSS)


def palette(count: int) -> tuple[str, ...]:
    """As many category colours as asked for, in order; further ones begin again."""
    return tuple(PALETTE[at % len(PALETTE)] for at in range(count))


def looks(colors: Sequence[str]) -> tuple[Look, ...]:
    """The colours with a dash and a symbol, which change from row to row of :data:`ROW`; within always has its own."""
    rows = [(_DASHES[at // ROW % len(_DASHES)], _SYMBOLS[at // ROW % len(_SYMBOLS)]) for at in range(len(colors))]
    return tuple(
        WITHIN_LOOK if color == WITHIN else Look(color, dash, symbol)
        for color, (dash, symbol) in zip(colors, rows, strict=True)
    )


def keys(count: int) -> tuple[str, ...]:
    """A short key for each of many: A to Z, then AA, AB, as the columns of a spreadsheet; none for up to a row."""
    return tuple(map(_letters, range(count))) if count > ROW else ("",) * count


def _letters(number: int) -> str:
    before, last = divmod(number, len(ascii_uppercase))
    return (_letters(before - 1) if before else "") + ascii_uppercase[last]


def faint(color: str, opacity: float = 0.15) -> str:
    """The colour as a ground to draw on."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"

"""How each chart is computed, in words and formulas (Markdown with LaTeX): read from ``explanations.toml``."""

import re
from collections.abc import Mapping
from pathlib import Path

from catsel_core.figures.distributions import FEW
from catsel_core.figures.entries import entries
from catsel_core.figures.formulas import formulas
from catsel_core.figures.hidden_units import FEW as ROGUE
from catsel_core.figures.shuffle_view import ONE_BY_ONE
from catsel_core.figures.variance import MOST_DOTS
from catsel_core.language import grouped, once_each_language
from catsel_core.statistics.shuffles import SEED, SHUFFLES
from catsel_core.statistics.stretches import STRETCHES

FILE = Path(__file__).with_name("explanations.toml")

PLACE = re.compile(r"<([\w-]+)>")
"""Where something is put into a text, by its name."""

CALIBRATION = (
    ("10 / 13 / 11", "4.7", "5.3", "2.2", "40.0"),
    ("30 / 5 / 5", "5.2", "5.2", "39.7", "100.0"),
    ("60 / 10 / 10", "5.2", "5.0", "52.9", "100.0"),
    ("6 / 6", "4.9", "5.2", "2.1", "36.0"),
)
"""What ``python -m benchmarks.calibration`` found; docs/statistics.md has all of it."""

_NUMBERS = {
    "CALIBRATION": "\n".join(f"| {' | '.join(row)} |" for row in CALIBRATION),
    "FEW-PAIRS": f"{FEW}",
    "ROGUE-UNITS": f"{ROGUE}",
    "SEED": f"{SEED}",
    "SHUFFLES": f"{SHUFFLES}",
    "STRETCHES": f"{STRETCHES}",
    "STRETCHES-FREE": f"{STRETCHES - 1}",
}


@once_each_language
def explanations() -> Mapping[str, str]:
    """The explanations by chart name, in the language that is spoken: read once."""
    read = entries(FILE)
    numbers = {**_NUMBERS, "MOST-DOTS": grouped(MOST_DOTS), "ONE-BY-ONE": grouped(ONE_BY_ONE)}
    known = {**numbers, **formulas(), **{part["id"]: part["text"] for part in read["part"]}}

    def whole(text: str) -> str:
        return PLACE.sub(lambda place: whole(known[place[1]]), text.strip())

    return {chart["id"]: whole(chart["text"]) for chart in read["chart"]}

"""The scripts of the layer viewer, as they go to the browser: joined, without a bundler and without their comments."""

import functools
import json
import re
from collections.abc import Sequence
from pathlib import Path

from catsel_core.language import of_viewer, spoken

FRONTEND = Path(__file__).parent / "frontend"
"""The scripts. They know each other's names, as those of one page do; ``tsconfig.json`` says how that is checked."""

SCRIPTS = {
    "chart": (
        "tr.js",
        "parts.js",
        "buses.js",
        "decode.js",
        "frames.js",
        "plotly_private.js",
        "paint.js",
        "marks.js",
        "table.js",
        "labels.js",
        "taken.js",
        "printing.js",
        "fit.js",
        "passages.js",
        "shuffles.js",
        "gliding.js",
        "finding.js",
        "plotly.js",
        "sheets.js",
        "picture.js",
        "presenting.js",
        "chart.js",
    ),
    "neighbours": ("tr.js", "parts.js", "buses.js", "decode.js", "table.js", "neighbours.js"),
    "slider": ("tr.js", "parts.js", "buses.js", "slider.js"),
    "report": ("tr.js", "parts.js", "buses.js", "table.js", "report.js"),
}
"""What every component is made of, of the files in ``frontend/``: the last one exports what shows it."""

_COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)


def joined(scripts: Sequence[str]) -> str:
    """One script of several."""
    return "\n".join(map(source, scripts))


def speaking() -> str:
    """A script that has those of its page speak the language that is spoken here."""
    return f"{source('speak.js')}speak({json.dumps(spoken())},{json.dumps(of_viewer(), ensure_ascii=False)});"


@functools.cache
def source(name: str) -> str:
    """A file without the comments that have lines of their own: a third of what every chart's message carries."""
    return _COMMENTS.sub("", (FRONTEND / name).read_text(encoding="utf-8"))

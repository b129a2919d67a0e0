"""How long Python imports what the first page needs, beside what Streamlit alone takes.

Run as ``python -m benchmarks.imports``. Both are parts of one fresh process, which shows a stored result.
"""

import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.timing import readable

REPETITIONS = 5
ROOT = Path(__file__).parents[1]
_CODE = """
import sys, logging; logging.disable()
import streamlit.web.cli
from streamlit.testing.v1 import AppTest
print('the app', file=sys.stderr)
app = AppTest.from_file('app.py', default_timeout=120).run()
assert not app.exception and not app.error
"""


def sections(repetitions: int = REPETITIONS) -> list[str]:
    """Lines of the results."""
    _seconds()  # stores the result
    taken = [_seconds() for _ in range(repetitions)]
    streamlit, app = (statistics.median(parts) for parts in zip(*taken, strict=True))
    return [
        "| imports of a stored result | Streamlit | ours on top | ratio | aim |",
        "|---|---|---|---|---|",
        f"| the overview, fresh process | {readable(streamlit)} | {readable(app)} | {app / streamlit:.2f} | below 2 |",
    ]


def _seconds() -> tuple[float, float]:
    """Of Streamlit's imports, and of those that the page adds."""
    command = [sys.executable, "-X", "importtime", "-c", _CODE]
    environment = {**os.environ, "CATSEL_WARM_UP": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)  # noqa: S603  # our own command
    before, after = (
        sum(int(taken) for taken in re.findall(r"^import time: +(\d+) \|", part, re.MULTILINE)) / 1e6
        for part in done.stderr.split("the app\n")
    )
    return before, after


if __name__ == "__main__":
    print("\n".join(sections()))

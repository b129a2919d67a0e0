"""The dashboard with a bar for every wait, however short: for what is to keep its place below one."""

import sys
import time
from typing import Any

from pages.ui.__main__ import main
from pages.ui.work import waiting

SECONDS = 2.0
"""That a bar stays at least: a browser fetches what draws it only then."""

_watch = waiting._watch


def _watch_for_a_while(job: Any, area: waiting.ProgressArea, end: float | None) -> Any:
    area.show(job)
    time.sleep(SECONDS)
    return _watch(job, area, end)


if __name__ == "__main__":
    waiting.BAR_SECONDS = 0.0
    waiting._watch = _watch_for_a_while
    sys.exit(main(sys.argv[1:]))

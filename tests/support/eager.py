"""The dashboard with a bar for every wait, however short, that stays until a test has seen it."""

import sys
import time
from pathlib import Path
from typing import Any

from catsel_core.settings import cache_dir
from pages.ui.__main__ import main
from pages.ui.work import waiting

_MOST_SECONDS = 60.0
_watch = waiting._watch


def seen(cache: Path) -> Path:
    """A file that is there once somebody has seen a bar of the server with this cache folder."""
    return cache / "bar-seen"


def _watch_until_seen(job: Any, area: waiting.ProgressArea, end: float | None) -> Any:
    area.show(job)
    until = time.monotonic() + _MOST_SECONDS
    while not seen(cache_dir()).exists() and time.monotonic() < until:
        time.sleep(0.05)
    return _watch(job, area, end)


if __name__ == "__main__":
    waiting.BAR_SECONDS = 0.0
    waiting._watch = _watch_until_seen
    sys.exit(main(sys.argv[1:]))

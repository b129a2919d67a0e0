"""Plotly's own JavaScript, served from this machine: a copy of the installed package's file in ``static/``.

A classroom may be offline, so nothing comes from a CDN. ``python -m pages.ui.assets`` makes the copy
ahead of time; the first page does it otherwise.
"""

import shutil
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"


def plotly_file() -> str:
    """Name of the served file, made if it is not there yet. The version in it keeps browsers from stale copies."""
    name = f"plotly-{version('plotly')}.min.js"
    target = STATIC / name
    if not target.exists():
        STATIC.mkdir(exist_ok=True)
        temporary = target.with_suffix(".part")
        with as_file(files("plotly") / "package_data" / "plotly.min.js") as source:
            shutil.copyfile(source, temporary)
        temporary.replace(target)
    return name


if __name__ == "__main__":
    print(STATIC / plotly_file())

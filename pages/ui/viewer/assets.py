"""Plotly's own JavaScript, served from this machine: the installed package's file, compressed, in ``static/``.

A classroom may be offline, so nothing comes from a CDN. ``python -m pages.ui.viewer.assets`` makes the file ahead of
time; the first page does it otherwise. It is compressed once, here, and unpacked by our own script in the browser:
Streamlit would compress it anew for every visitor, which on a busy server takes a second.
"""

import gzip
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"


def plotly_file() -> str:
    """Name of the served file, made if it is not there yet. The version in it keeps browsers from stale copies."""
    name = f"plotly-{version('plotly')}.min.js.gz"
    target = STATIC / name
    if not target.exists():
        STATIC.mkdir(exist_ok=True)
        temporary = target.with_suffix(".part")
        source = files("plotly") / "package_data" / "plotly.min.js"
        temporary.write_bytes(gzip.compress(source.read_bytes(), mtime=0))
        temporary.replace(target)
    return name


if __name__ == "__main__":
    print(STATIC / plotly_file())

"""Plotly's own JavaScript, served from this machine: the installed package's file, compressed, in ``static/``.

A classroom may be offline, so nothing comes from a CDN. ``python -m pages.ui.viewer.assets`` makes the file ahead of
time; the first page does it otherwise. It is compressed once, here, and unpacked by our own script in the browser:
Streamlit would compress it anew for every visitor, which on a busy server takes a second.
"""

import functools
import gzip
import uuid
from contextlib import suppress
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"


def plotly_file() -> str | None:
    """Name of the served file, made if it is not there yet; None where the project's folder cannot be written.

    The version in it keeps browsers from stale copies.
    """
    name = _name()
    try:
        if not (STATIC / name).is_file():
            _write(STATIC / name)
    except OSError:
        return None
    return name


@functools.cache
def _name() -> str:
    """Looked up once: the package's own record of its version is read from the disk."""
    return f"plotly-{version('plotly')}.min.js.gz"


def _write(target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    temporary = target.with_name(f".{target.name}-{uuid.uuid4().hex}")  # first visitors may come together
    try:
        temporary.write_bytes(compressed_plotly())
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@functools.cache
def compressed_plotly() -> bytes:
    """What is in the file."""
    return gzip.compress((files("plotly") / "package_data" / "plotly.min.js").read_bytes(), mtime=0)


if __name__ == "__main__":
    print(plotly_file() or f"{STATIC} cannot be written: the server will keep plotly.js in memory.")

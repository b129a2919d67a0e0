"""The viewer on a page of its own, without a server: one script of all that shows something."""

from importlib.resources import files

from catsel_core.viewer.scripts import SCRIPTS, joined, speaking

_EXPORTED = "export default function"


def page_script(shown: str) -> str:
    """A module for a page that holds data and places for them, in the language that is spoken.

    Args:
        shown: a name of :data:`~catsel_core.viewer.scripts.SCRIPTS`, whose script shows the page with the help of all
            others.
    """
    blocks = "\n".join(f"{{\n{_assigned(name)}\n}}" for name in SCRIPTS)  # in a block, as names come more than once
    return f"{speaking()}\nconst shows = {{}};\n{blocks}\nshows.{shown}(shows);"


def _assigned(name: str) -> str:
    return joined(SCRIPTS[name]).replace(_EXPORTED, f"shows.{name} = function", 1)


def plotly_script() -> str:
    """plotly.js of the installed package."""
    return (files("plotly") / "package_data" / "plotly.min.js").read_text(encoding="utf-8")

"""The dashboard's server: ``python -m pages.ui``, with the options of ``streamlit run``.

The same as ``streamlit run app.py``, but what the first page needs is imported before anybody comes: within the first
visit, beside a browser that fetches files, it would take two or three times as long. Settings are checked first, and
the server answers to this computer's names and those in ``CATSEL_HOSTS`` (:mod:`pages.ui.listening`).
"""

import logging
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.web import cli

import pages.ui.session.sidebar
import pages.ui.viewer.components
import pages.ui.work.charts
import pages.ui.work.results  # noqa: F401  # all for the first page
from catsel_core.errors import SettingsError
from catsel_core.settings import Settings, current_settings
from pages.ui.listening import ANY, allowed_hosts, is_loopback

APP = Path(__file__).resolve().parents[2] / "app.py"


def main(arguments: Sequence[str]) -> int:
    """Run the server until it is stopped; 2 with one line on stderr if the settings cannot be used."""
    try:
        settings = current_settings()
    except SettingsError as exc:
        print(f"catsel: {exc}", file=sys.stderr)
        return 2
    _give_a_home(settings)
    logging.getLogger("streamlit.config").addFilter(_is_no_update)
    options = [*_host_options(arguments, settings), *_upload_options(arguments, settings), *arguments]
    return int(cli.main(["run", str(APP), *options], prog_name="python -m pages.ui"))


def _give_a_home(settings: Settings) -> None:
    """Where a service has no home folder, Streamlit looks for its own settings in the cache folder."""
    try:
        Path.home()
    except RuntimeError:
        os.environ["HOME"] = os.environ["USERPROFILE"] = str(settings.cache)


def _is_no_update(record: logging.LogRecord) -> bool:
    """Streamlit reads its options when it is imported and again for the command line, and warns of an update then."""
    return "An update to the [server] config option section" not in record.getMessage()


def _host_options(arguments: Sequence[str], settings: Settings) -> list[str]:
    """Options that say which names the server answers to, unless its other options already do."""
    if _given(arguments, "--server.allowedHosts", "STREAMLIT_SERVER_ALLOWED_HOSTS"):
        return []
    address = _given(arguments, "--server.address", "STREAMLIT_SERVER_ADDRESS") or st.get_option("server.address") or ""
    hosts = allowed_hosts(address, settings.hosts)
    if not is_loopback(address):
        names = "any name" if ANY in hosts else f"the names {', '.join(hosts)}"
        print(f"Other computers can reach catsel, under {names} (CATSEL_HOSTS)", file=sys.stderr)
    return [f"--server.allowedHosts={host}" for host in hosts]


def _upload_options(arguments: Sequence[str], settings: Settings) -> list[str]:
    """The option that lets files of the allowed size through, unless the server's other options already do."""
    if _given(arguments, "--server.maxUploadSize", "STREAMLIT_SERVER_MAX_UPLOAD_SIZE"):
        return []
    return [f"--server.maxUploadSize={math.ceil(settings.text_bytes / 1_000_000)}"]


def _given(arguments: Sequence[str], option: str, variable: str) -> str:
    """What the command line says of an option last, or else its environment variable, or nothing."""
    found = os.environ.get(variable, "")
    for argument, following in zip(arguments, (*arguments[1:], ""), strict=True):
        name, equals, value = argument.partition("=")
        if name == option:
            found = value if equals else following
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""An account without a home folder: it is enough to say where the cache folder is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.pages import ROOT

NOBODY = ["unshare", "--user", "--map-user=54321"]
"""Runs a command as a user whom this computer does not know."""


def can_be_nobody() -> bool:
    return bool(shutil.which("unshare")) and not subprocess.run([*NOBODY, "true"], check=False).returncode


def without_a_home(**more: str) -> "subprocess.CompletedProcess[str]":
    hidden = {"HOME", "USERPROFILE", "XDG_CACHE_HOME", "CATSEL_CACHE"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [*NOBODY, sys.executable, "-m", "pages.ui", "--server.address", "nowhere.invalid"],
        cwd=ROOT,
        env={**environment, **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(not can_be_nobody(), reason="an unknown user cannot be imitated here")
def test_the_server_names_the_variable_that_it_needs(tmp_path: Path) -> None:
    done = without_a_home()
    assert done.returncode == 2
    assert done.stderr == (
        "catsel: No home folder is known here, so there is no place for what catsel keeps. "
        "Set CATSEL_CACHE to a folder that can be written.\n"
    )
    told = without_a_home(CATSEL_CACHE=str(tmp_path)).stderr
    assert "Other computers can reach catsel, under the names" in told
    assert "Could not determine home directory" not in told

"""Commands run in this process, and the models and the words that their tests give them."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from catsel_core.__main__ import main
from catsel_core.models.catalogue import CATALOGUE

NAME = "someone/tiny-gpt2"
OTHER = "someone/tiny-llama"
CSV = "category,word\nfruit,apple\nfruit,pear\nfruit,grape\nspace,moon\nspace,star\nspace,asteroid\n"
N_WORDS = 6
BY_NAME = {entry.reference: entry for entry in CATALOGUE}


def _no_json(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def lines_of(err: str) -> str:
    """Without progress bars, which are drawn and wiped where a step takes longer than a second."""
    return re.sub(r"[^\n]*\r", "", err)


class Command:
    """Runs commands and keeps what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.err = ""

    def __call__(self, *arguments: str | Path) -> str:
        """What a command that works prints."""
        code = main([str(argument) for argument in arguments])
        out, err = self.capsys.readouterr()
        self.err = lines_of(err)
        assert code == 0, self.err
        return out

    def json(self, *arguments: str | Path) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self(*arguments), parse_constant=_no_json)
        return found

    def refused(self, *arguments: str | Path) -> str:
        """The one line of a command that does not."""
        line = self.refused_at_last(*arguments)
        assert self.err.count("\n") == 1
        return line

    def refused_at_last(self, *arguments: str | Path) -> str:
        """The last line of a command that does not, after others that say what is being tried."""
        code = main([str(argument) for argument in arguments])
        out, err = self.capsys.readouterr()
        self.err = lines_of(err)
        assert (code, out) == (2, "")
        *_, line = self.err.splitlines()
        assert line.startswith("catsel: ")
        return str(line.removeprefix("catsel: "))


def downloaded(home: Path, reference: str, folder: Path) -> None:
    """As if the catalogue's model had been fetched."""
    revision = BY_NAME[reference].revision
    assert revision is not None
    shutil.copytree(folder, home / f"models--{reference.replace('/', '--')}" / "snapshots" / revision)

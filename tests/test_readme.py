"""What the README says one can type works."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from catsel_core.__main__ import _COMMANDS, _parser

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.bundled
def test_the_lines_of_a_notebook_run() -> None:
    (lines,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, Any] = {}
    exec(lines, names)  # our own README
    assert len(names["analysis"].statistics.delta) == 31


def test_the_commands_are_read_as_they_are_written() -> None:
    shown = re.findall(r"^(?:\S+=\S+ )*python -m catsel_core (.+?)(?: +#.*)?$", README, re.MULTILINE)
    assert {shlex.split(line)[0] for line in shown} >= {
        "words",
        "prompts",
        "contexts",
        "sentences",
        "compare",
        "models",
    }
    assert {shlex.split(line)[0] for line in shown} <= set(_COMMANDS)
    for line in shown:
        _parser().parse_args(shlex.split(line))

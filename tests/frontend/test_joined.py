"""The scripts as they go to the browser: their code, line by line, without the comments between."""

import pytest

from catsel_core.viewer.scripts import FRONTEND, SCRIPTS, joined


def code_of(text: str) -> list[str]:
    """Lines that are no comment, found line by line."""
    lines, inside = [], False
    for line in text.splitlines():
        bare = line.strip()
        if inside or bare.startswith("/*"):
            inside = "*/" not in bare
            if "*/" in bare and not bare.endswith("*/"):
                lines.append(line)  # code behind a comment
            continue
        if bare and not bare.startswith("//"):
            lines.append(line)
    return lines


@pytest.mark.parametrize("name", SCRIPTS)
def test_code_stays_and_comments_go(name: str) -> None:
    sent = joined(SCRIPTS[name])
    written = [line for file in SCRIPTS[name] for line in code_of((FRONTEND / file).read_text(encoding="utf-8"))]
    assert [line for line in sent.splitlines() if line.strip()] == written
    assert not [line for line in sent.splitlines() if line.lstrip().startswith(("//", "* "))]
    assert len(sent) < 0.75 * sum((FRONTEND / file).stat().st_size for file in SCRIPTS[name])

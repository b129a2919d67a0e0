"""``report``: a session on the command line as one HTML file."""

import json
from pathlib import Path

from tests.support.commands import Command
from tests.support.reports import ReadReport
from tests.support.tiny import llama_folder

MODEL = ("--model", llama_folder())


def saved(command: Command, folder: Path, words: Path) -> Path:
    path = folder / "mine.catsel.json"
    command(
        "session",
        "--input",
        words,
        "--template",
        "I like the {word}",
        "--template-b",
        "A {word}",
        *MODEL,
        "--out",
        path,
    )
    return path


def test_a_report_has_the_session_and_its_numbers(command: Command, words: Path, tmp_path: Path) -> None:
    session, out = saved(command, tmp_path, words), tmp_path / "report.html"
    kinds = ("words", "sentences", "compare")
    assert command("report", "--session", session, "--of", *kinds, "--layer", "L1", "--out", out) == ""
    read = ReadReport(out.read_text(encoding="utf-8"))
    assert read.session == json.loads(session.read_text(encoding="utf-8"))
    assert ("data-layer", "2") in read.attributes
    assert {"similarity-matrix", "sentence-matrix", "depth-profiles"} <= read.charts.keys()
    delta = command.json("words", "--session", session)["book"]["delta"]
    assert [text for text in read.text if text == f"{delta[2]:.4f}".replace("-", "−")]


def test_a_report_is_of_words_and_goes_where_it_is_asked_for(command: Command, words: Path, tmp_path: Path) -> None:
    read = ReadReport(command("report", "--session", saved(command, tmp_path, words), "--layer", "3"))
    assert "sentence-matrix" not in read.charts
    assert ("data-layer", "3") in read.attributes


def test_a_layer_that_there_is_not_is_refused(command: Command, words: Path, tmp_path: Path) -> None:
    session = saved(command, tmp_path, words)
    refused = command.refused("report", "--session", session, "--layer", "L9")
    assert "--layer must be Emb, L0 to L2, or a number from 0 to 3; got L9." in refused

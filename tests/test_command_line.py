"""The command line, run as a user runs it: arguments in, files and exit codes out."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from catsel_core.analysis import WordRequest, analyse_words
from catsel_core.wordfiles import parse

pytestmark = pytest.mark.bundled

CSV = "category,word\npets,dog\npets,cat\nfruit,apple\nfruit,sofa\n"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "catsel_core", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_words_writes_what_the_library_computes(tmp_path: Path) -> None:
    words, out, arrays = tmp_path / "words.csv", tmp_path / "result.json", tmp_path / "arrays.npz"
    words.write_text(CSV, encoding="utf-8")
    done = run("words", "--input", words, "--out", out, "--arrays", arrays)
    assert done.returncode == 0, done.stderr

    result = json.loads(out.read_text(encoding="utf-8"))
    analysis = analyse_words(WordRequest(parse(CSV.encode())))
    assert result["book"]["delta"] == analysis.statistics.delta.tolist()
    assert result["layers"][:3] == ["Emb", "L0", "L1"]
    assert len(result["layers"]) == 31
    assert [item["word"] for item in result["items"]] == ["dog", "cat", "apple", "sofa"]
    assert result["items"][3]["pieces"] == [" so", "fa"]
    assert (result["n_within"], result["n_across"]) == (2, 4)
    assert result["variance"]["3"][:4] == [0, 0, 0, 0]
    assert result["model"]["precision"] == "float32"
    with np.load(arrays) as loaded:
        assert loaded["similarity"].dtype == np.float32
        assert np.array_equal(loaded["similarity"], analysis.similarity)
        assert loaded["labels"].tolist() == ["pets", "pets", "fruit", "fruit"]


def test_dropped_words_are_reported(tmp_path: Path) -> None:
    words = tmp_path / "words.csv"
    words.write_text(CSV, encoding="utf-8")
    done = run("words", "--input", words, "--pooling", "drop")
    assert done.returncode == 0, done.stderr
    assert [item["word"] for item in json.loads(done.stdout)["dropped"]] == ["sofa"]


@pytest.mark.parametrize(
    ("content", "arguments", "clue"),
    [
        ("category,word\na,x\na,x\nb,y\n", [], "“x” stands 2 times"),
        ("name,word\na,x\n", [], "columns category and word"),
        (CSV, ["--template", "no place"], "{word}"),
        (CSV, ["--model", "no/such/model"], "no/such/model"),
        (CSV, ["--out", "/no/such/folder/out.json"], "cannot be written"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(tmp_path: Path, content: str, arguments: list[str], clue: str) -> None:
    words = tmp_path / "words.csv"
    words.write_text(content, encoding="utf-8")
    done = run("words", "--input", words, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert clue in done.stderr
    assert done.stderr.startswith("catsel: ")
    assert len(done.stderr.strip().splitlines()) == 1


def test_unknown_option_values_name_the_choices() -> None:
    done = run("words", "--pooling", "sum")
    assert done.returncode == 2
    assert "'last', 'mean', 'drop'" in done.stderr or "last, mean, drop" in done.stderr

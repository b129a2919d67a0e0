"""The command line, run as a user runs it: arguments in, files and exit codes out."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catsel_core.__main__ import main
from catsel_core.analyses.contexts import DATA_BINS, Bins, ContextRequest, analyse_contexts
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.export.results import contexts_json
from catsel_core.inputs.builtin_texts import builtin_text
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.texts import own_text
from catsel_core.inputs.word_list_files import parse
from catsel_core.statistics.contrasts import book_contrasts
from tests.support.commands import Command
from tests.support.tiny import SINGLE, llama_folder

bundled = pytest.mark.bundled

CSV = "category,word\npets,dog\npets,cat\nfruit,apple\nfruit,sofa\n"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "catsel_core", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@bundled
def test_words_writes_what_the_library_computes(tmp_path: Path) -> None:
    words, out, arrays = tmp_path / "words.csv", tmp_path / "result.json", tmp_path / "arrays.npz"
    words.write_text(CSV, encoding="utf-8")
    done = run("words", "--input", words, "--out", out, "--arrays", arrays)
    assert done.returncode == 0, done.stderr

    result = json.loads(out.read_text(encoding="utf-8"))
    analysis = analyse_words(WordRequest(parse(CSV.encode()).content))
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


@bundled
def test_dropped_words_are_reported(tmp_path: Path, command: Command) -> None:
    words = tmp_path / "words.csv"
    words.write_text(CSV, encoding="utf-8")
    found = command.json("words", "--input", words, "--pooling", "drop")
    assert [item["word"] for item in found["dropped"]] == ["sofa"]


@bundled
@pytest.mark.parametrize(
    ("content", "arguments", "clue"),
    [
        ("category,word\na,x\na,x\nb,y\n", [], "more than once in the list: “x” (a, a). Keep"),
        ("name,word\na,x\n", [], "columns category and word"),
        (CSV, ["--template", "no place"], "{word}"),
        (CSV, ["--model", "no/such/model"], "no/such/model"),
        (CSV, ["--out", "/no/such/folder/out.json"], "cannot be written"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    tmp_path: Path, command: Command, content: str, arguments: list[str], clue: str
) -> None:
    words = tmp_path / "words.csv"
    words.write_text(content, encoding="utf-8")
    assert clue in command.refused("words", "--input", words, *arguments)


def test_unknown_option_values_name_the_choices() -> None:
    done = run("words", "--pooling", "sum")
    assert done.returncode == 2
    assert "'last', 'mean', 'drop'" in done.stderr or "last, mean, drop" in done.stderr


STORY = "\r\n".join(
    " ".join(random.Random(line).choices([*SINGLE, "Moon", "asteroid", "the", "“café”"], k=10)) for line in range(40)
)
START, END = (f"*** {kind} OF THE PROJECT GUTENBERG EBOOK STARS ***\r\n" for kind in ("START", "END"))


def contexts(*arguments: str | Path) -> int:
    """``contexts`` with the tiny model, in this process."""
    return main(["contexts", "--model", str(llama_folder()), *map(str, arguments)])


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_bytes(STORY.encode())
    return path


def expected(bins: Bins = DATA_BINS, **changes: Any) -> dict[str, Any]:
    """What the library says about the story."""
    text = own_text(STORY.encode(), "story.txt")
    analysis = analyse_contexts(ContextRequest(**{"text": text, "model": str(llama_folder()), **changes}))
    return contexts_json(analysis, book_contrasts(analysis.label_pairs.labels), bins)


def test_contexts_prints_what_the_library_computes(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert contexts("--text", story, "--targets", "apple, moon;star") == 0
    printed = capsys.readouterr().out
    assert json.loads(printed) == expected(targets=("apple", "moon", "star"))
    assert contexts("--text", story, "--targets", "apple, moon;star", "--out", story.with_suffix(".json")) == 0
    assert capsys.readouterr().out == ""
    assert story.with_suffix(".json").read_text(encoding="utf-8") == printed.removesuffix("\n")


def test_contexts_with_every_option(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    windows = ["--window", "7", "--max-per-target", "4", "--seed", "3", "--other-forms"]
    counts = ["--pooling", "mean", "--bins", "10", "--range", "0.2,1"]
    assert contexts("--text", story, "--targets", "moon,asteroid", *windows, *counts) == 0
    result = json.loads(capsys.readouterr().out)
    assert result == expected(
        targets=("moon", "asteroid"),
        windows=WindowChoice(7, 4, other_forms=True, seed=3),
        pooling="mean",
        bins=Bins(10, 0.2, 1),
    )
    assert [len(target["used"]) for target in result["targets"]] == [4, 4]
    assert len(result["targets"][0]["other_forms"]) == 2
    assert (len(result["bin_edges"]), result["bin_edges"][0], result["bin_edges"][-1]) == (11, 0.2, 1)


@pytest.mark.parametrize("most", ["all", "2"])
def test_contexts_of_all_or_a_few_occurrences(most: str, story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert contexts("--text", story, "--targets", "moon", "--window", "5", "--max-per-target", most) == 0
    (target,) = json.loads(capsys.readouterr().out)["targets"]
    assert target["count"] > 10
    assert len(target["used"]) == (2 if most == "2" else target["count"] - target["n_early"])


@pytest.mark.parametrize("given", [["--range", "auto"], ["--range=-1,1"], ["--range", "-1,1"], ["--range", "-.5,.5"]])
def test_contexts_in_any_range(given: list[str], story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert contexts("--text", story, "--targets", "moon", *given) == 0
    edges = json.loads(capsys.readouterr().out)["bin_edges"]
    if "auto" not in given:
        assert edges[0] == -edges[-1]


def test_licence_and_header_go_unless_they_are_to_stay(tmp_path: Path) -> None:
    path, results = tmp_path / "book.txt", []
    path.write_bytes(f"Title: the moon\r\n{START}{STORY}\r\n{END}the moon\r\n".encode())
    for more in ([], ["--keep-boilerplate"]):
        assert contexts("--text", path, "--targets", "moon", *more, "--out", tmp_path / "out.json") == 0
        results.append(json.loads((tmp_path / "out.json").read_text(encoding="utf-8")))
    cut, whole = results
    assert cut["text"]["sha256"] == own_text(STORY.encode(), "x").digest != whole["text"]["sha256"]
    assert cut["n_tokens"] < whole["n_tokens"]
    assert cut["targets"][0]["count"] == whole["targets"][0]["count"] - 2


@bundled
def test_contexts_of_the_builtin_text(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = run(
        *("contexts", "--builtin", "python-reference", "--targets", "class, function"),
        *("--window", "5", "--max-per-target", "2", "--out", out),
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    result = json.loads(out.read_text(encoding="utf-8"))
    assert result["text"]["sha256"] == builtin_text().digest
    assert [group["name"] for group in result["pair_groups"]] == ["within", "class × function"]
    assert [group["n_pairs"] for group in result["pair_groups"]] == [2, 4]
    assert len(result["layers"]) == len(result["pair_groups"][0]["mean"]) == 31


@pytest.mark.parametrize(
    ("arguments", "clue"),
    [
        (["--targets", "zebra"], "“zebra” does not occur in this text"),
        (["--targets", " , ;"], "No target word is given"),
        (["--targets", "moon,star,moon"], "“moon” is given twice"),
        (["--targets", "a,b,c,d,e,f,g,h,i"], "9 target words"),
        (["--targets", "moon\udcff"], "catsel: "),
        (["--targets", "moon", "--window", "4"], "between 5 and 200"),
        (["--targets", "moon", "--window", "150"], "reads at most 128"),
        (["--targets", "moon", "--max-per-target", "1"], "At least 2 occurrences"),
        (["--targets", "moon", "--max-per-target", "2", "--seed", "-1"], "seed"),
        (["--targets", "moon", "--bins", "1"], "between 2 and 400"),
        (["--targets", "moon", "--range", "1,0.4"], "must rise within -1 and 1"),
        (["--targets", "moon", "--range", "nan,1"], "must rise within -1 and 1"),
        (["--targets", "moon", "--range", "0.5,0.5000000000000001"], "range"),
        (["--targets", "moon", "--model", "no/such/model"], "no/such/model"),
        (["--targets", "moon", "--out", "/no/such/folder/out.json"], "cannot be written"),
        (["--targets", "moon", "--text", "/no/such/file.txt"], "/no/such/file.txt cannot be read"),
        (["--targets", "moon", "--text", "/"], "/ cannot be read"),
    ],
)
def test_contexts_says_in_one_line_what_cannot_be_used(
    arguments: list[str], clue: str, story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert contexts("--text", story, *arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("catsel: ")
    assert len(printed.err.strip().splitlines()) == 1
    assert clue in printed.err


@pytest.mark.parametrize(
    ("data", "clue"),
    [
        (b"PK\x03\x04\x00\x00\x00moon", "not text"),
        (b"\xff\xd8\xff\xe0\x00", "not text"),
        (b"", "nothing but white space"),
        (b"\r\n", "nothing but white space"),
    ],
)
def test_contexts_refuses_what_is_no_text(
    data: bytes, clue: str, story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story.write_bytes(data)
    assert contexts("--text", story, "--targets", "moon") == 2
    assert clue in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "clue"),
    [
        (["--text", "x"], "required: --targets"),
        (["--targets", "moon"], "one of the arguments --text --gutenberg --builtin --session is required"),
        (["--text", "x", "--builtin", "python-reference", "--targets", "moon"], "not allowed with"),
        (["--builtin", "bible", "--targets", "moon"], "python-reference"),
        (["--gutenberg", "gatsby", "--targets", "moon"], "gatsby"),
        (["--text", "x", "--targets", "moon", "--max-per-target", "few"], "must be a number or 'all'; got 'few'"),
        (["--text", "x", "--targets", "moon", "--max-per-target", "-2"], "must be a number or 'all'; got '-2'"),
        (["--text", "x", "--targets", "moon", "--max-per-target", "²"], "must be a number or 'all'"),
        (["--text", "x", "--targets", "moon", "--range", "0.4"], "must look like 0.4,1 or be 'auto'; got '0.4'"),
        (["--text", "x", "--targets", "moon", "--range", "a,b"], "must look like 0.4,1"),
        (["--text", "x", "--targets", "moon", "--range", "0,0.5,1"], "must look like 0.4,1"),
        (["--text", "x", "--targets", "moon", "--window", "many"], "many"),
        (["--text", "x", "--targets", "moon", "--pooling", "drop"], "drop"),
    ],
)
def test_contexts_explains_options_that_make_no_sense(
    arguments: list[str], clue: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        contexts(*arguments)
    assert exit_.value.code == 2
    error = capsys.readouterr().err
    assert clue in error
    assert error.splitlines()[-1].startswith("python -m catsel_core contexts: error: ")


def test_contexts_prints_utf8_whatever_the_console_speaks(story: Path) -> None:
    story.write_text("I like the moon and the word 果 and " * 9, encoding="utf-8")
    command = ["contexts", "--text", story, "--targets", "moon,果", "--window", "5", "--model", llama_folder()]
    done = subprocess.run(
        [sys.executable, "-m", "catsel_core", *map(str, command)],
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},  # as on many Windows machines
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-300:]
    assert json.loads(done.stdout.decode())["targets"][1]["word"] == "果"

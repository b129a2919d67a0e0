"""Word lists in a folder of one's own, beside the ready ones."""

from pathlib import Path

import pytest

from catsel_core.inputs.own_lists import ready_lists
from catsel_core.inputs.presets import BOOK, PRESETS_BY_NAME

CSV = "category,word\npets,dog\npets,cat\ntools,saw\ntools,drill\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CATSEL_LISTS", str(tmp_path))
    return tmp_path


def test_without_a_folder_there_are_the_ready_ones() -> None:
    assert ready_lists().by_name == PRESETS_BY_NAME


def test_files_of_several_kinds_are_lists(folder: Path) -> None:
    (folder / "a.csv").write_text(CSV)
    (folder / "b.txt").write_text("pets: dog, cat\ntools: saw, drill")
    (folder / "c.json").write_text('{"pets": ["dog", "cat"], "tools": ["saw", "drill"]}')
    (folder / "notes.pdf").write_bytes(b"%PDF-1.7")
    found = ready_lists()
    assert found.problems == ()
    assert list(found.by_name) == [*PRESETS_BY_NAME, "a", "b", "c"]
    assert {name: len(found.by_name[name].words.categories) for name in "abc"} == {"a": 2, "b": 2, "c": 2}
    assert "a.csv" in found.by_name["a"].question
    (folder / "a.csv").write_text(CSV + "fruit,fig\nfruit,pear\n")
    assert len(ready_lists().by_name["a"].words.categories) == 3


def test_a_broken_file_is_a_sentence_and_takes_no_other_down(folder: Path) -> None:
    (folder / "a.csv").write_text("category,word\npets,dog\n")
    (folder / "b.csv").write_text(CSV)
    (folder / "c.json").write_text("{")
    found = ready_lists()
    assert list(found.by_name) == [*PRESETS_BY_NAME, "b"]
    assert [problem.split(":")[0] for problem in found.problems] == [
        "The list a.csv cannot be used",
        "The list c.json cannot be used",
    ]


def test_no_list_takes_the_name_of_another(folder: Path) -> None:
    for name in (f"{BOOK.name}.csv", "same.csv", "same.tsv"):
        (folder / name).write_text(CSV if name.endswith("csv") else CSV.replace(",", "\t"))
    found = ready_lists().by_name
    assert found[BOOK.name] is BOOK
    assert {f"{BOOK.name}.csv", "same", "same.tsv"} <= set(found)


def test_a_folder_that_is_not_there_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_LISTS", str(folder / "gone"))
    found = ready_lists()
    assert found.by_name == PRESETS_BY_NAME
    assert "gone”, which cannot be read" in found.problems[0]

"""``contexts`` on texts as people have them: licences, italics, accents, writing without spaces, words that run on."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Command
from tests.support.tiny import llama_folder

LICENCE = "This electronic work may be shared under the terms of this agreement.\n" * 20


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


def found(run: Command, folder: Path, content: str, *targets: str, more: str = "", name: str = "text.txt") -> Any:
    """The result for a text with the tiny model and short windows."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    asked = ["--targets", ",".join(targets), "--window", "5", "--max-per-target", "all", *more.split()]
    return run.json("contexts", "--model", llama_folder(), "--text", path, *asked)


def counts(result: dict[str, Any]) -> list[int]:
    return [target["count"] for target in result["targets"]]


def test_a_licence_is_not_the_book_whatever_marks_it(run: Command, tmp_path: Path) -> None:
    body = "The miller walked to the river. The river was high. The river of this electronic mill. " * 4
    stars = (
        "*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***\n\n{}\n\n*** END OF THE PROJECT GUTENBERG EBOOK A ***\n"
    )
    small_print = (
        "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n\n{}\n\nEnd of The Project Gutenberg"
    )
    for form in (stars, small_print):
        content = "The Project Gutenberg EBook of A Tale\n\n" + form.format(body) + " Etext of A Tale\n" + LICENCE
        result = found(run, tmp_path, content, "river", "electronic")
        assert counts(result) == [12, 4]
        assert "header and licence left out" in run.err
        assert [note for note in result["notes"] if "header and licence left out" in note]
        assert counts(found(run, tmp_path, content, "electronic", more="--keep-boilerplate")) == [24]


def test_a_text_without_marks_of_where_the_licence_begins_is_told(run: Command, tmp_path: Path) -> None:
    found(
        run,
        tmp_path,
        "The Project Gutenberg Etext of A Tale\n\n" + "I like the word river and the river. " * 5,
        "river",
    )
    assert "no line marks its header" in run.err


def test_words_in_italics_are_words(run: Command, tmp_path: Path) -> None:
    content = "The _trout_ is a fish. He caught a _trout_ there, then one more trout and a _brown trout_. " * 3
    result = found(run, tmp_path, content, "trout")
    plain = found(run, tmp_path, content.replace("_", ""), "trout")
    assert counts(result) == [12]
    assert "Marks of emphasis, as in “_trout_”, are left out (9 places)." in result["notes"]
    assert (result["targets"], result["text"]["sha256"]) == (plain["targets"], plain["text"]["sha256"])


def test_composed_and_decomposed_letters_are_one(run: Command, tmp_path: Path) -> None:
    content = "Le café était plein hier soir. Un café noir. Encore un café ici. " * 3
    results = [
        found(run, tmp_path, unicodedata.normalize(of_text, content), unicodedata.normalize(of_target, "café"))
        for of_text in ("NFC", "NFD")
        for of_target in ("NFC", "NFD")
    ]
    assert all(result == results[0] for result in results)
    assert counts(results[0]) == [9]


def test_words_without_spaces_are_found_wherever_they_stand(run: Command, tmp_path: Path) -> None:
    content = "小猫在院子里睡觉，我看见小猫醒了。她喜欢小猫，我也喜欢小猫。那只小猫很小。\n小猫跑了。\n" * 3
    result = found(run, tmp_path, content, "小猫", "喜欢")
    assert counts(result) == [18, 6]
    assert "a word is found wherever its characters stand" in run.err
    assert {piece for target in result["targets"] for piece in target["pieces"]} <= {
        f"‹{byte:02X}›" for byte in range(0x80, 0x100)
    }


def test_words_that_run_on_can_be_left_out(run: Command, tmp_path: Path) -> None:
    content = "I like the moon and the apple, apples are good, an apple and applesauce, the apple. " * 3
    every = found(run, tmp_path, content, "apple")
    whole = found(run, tmp_path, content, "apple", more="--whole-words")
    assert (every["whole_words"], whole["whole_words"]) == (False, True)
    assert [len(one["targets"][0]["used"]) for one in (every, whole)] == [15, 9]
    assert [one["targets"][0]["n_left_out"] for one in (every, whole)] == [0, 6]
    assert every["pair_groups"][0]["mean"] != whole["pair_groups"][0]["mean"]
    assert "Left out as parts of something longer: 6 of 15 “apple”." in run.err


def test_a_file_name_that_is_no_text_to_the_system_is_no_trouble(run: Command, tmp_path: Path) -> None:
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    try:
        result = found(run, tmp_path, "I like the word apple and the apple. " * 3, "apple", name=name)
    except OSError:
        pytest.skip("this file system has no such names")
    assert result["text"]["name"] == "caf\N{REPLACEMENT CHARACTER}.txt"


def test_half_a_character_is_refused_in_a_sentence(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("I like the word apple and the apple. " * 3, encoding="utf-8")
    said = run.refused("contexts", "--model", llama_folder(), "--text", path, "--targets", "apple\ud800")
    assert "no text" in said

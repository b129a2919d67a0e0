"""What the page says of the words that are not compared."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from catsel_core.analyses.side_by_side import CompareRequest, Side, SideBySide, compare_sides
from catsel_core.inputs.items import Pooling
from catsel_core.store import FolderStore
from tests.support.core_fixtures import word_list
from tests.support.tiny import gpt2_folder, llama_folder, loaded

MANY = "blackcurrant raspberry gooseberry elderberry mulberry cloudberry persimmon pomegranate tamarind"


def compared(folder: Path, things: str, pooling: Pooling) -> SideBySide:
    words = word_list(fruit="apple pear grape", things=f"chair table {things}")
    sides = (Side(model=str(model()), pooling=pooling) for model in (llama_folder, gpt2_folder))
    return compare_sides(CompareRequest(words, *sides), FolderStore(folder), load=lambda model: loaded(model.folder))


def notes(found: SideBySide) -> list[str]:
    """The notes as read on the page: their Markdown is escaped."""

    def script(found):  # type: ignore[no-untyped-def]  # run alone, where no name of this file is known
        from pages.ui.controls.sides import show_left_out

        show_left_out(found)

    app = AppTest.from_function(script, kwargs={"found": found}).run()
    assert not app.exception
    return [note.value.replace("\\", "") for note in app.info]


def test_words_that_both_sides_leave_out_are_named_with_both_reasons(tmp_path: Path) -> None:
    (note,) = notes(compared(tmp_path, "wardrobe", "drop"))
    assert note.startswith("1 word left out of both sides: wardrobe (several tokens on side A: ")
    assert "; several tokens on side B: " in note


def test_of_many_words_some_are_named_and_the_others_counted(tmp_path: Path) -> None:
    found = compared(tmp_path, MANY, "drop")
    (note,) = notes(found)
    assert note.startswith("9 words left out of both sides: blackcurrant (")
    assert [word in note for word in MANY.split()] == [True] * 8 + [False]
    assert note.endswith(", and 1 more.")


def test_nothing_is_said_where_every_word_is_compared(tmp_path: Path) -> None:
    assert notes(compared(tmp_path, "wardrobe", "mean")) == []

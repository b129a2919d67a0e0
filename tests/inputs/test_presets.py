"""Ready word lists: usable as they are, and the book's list word for word."""

import re

import pytest

from catsel_core.inputs.presets import BOOK, PRESETS, PRESETS_BY_NAME, Preset
from catsel_core.inputs.word_list_checks import check
from catsel_core.inputs.word_lists import MAX_WORDS


def test_the_book_comes_first_with_its_three_categories() -> None:
    assert PRESETS[0] is BOOK
    assert {c.name: len(c.words) for c in BOOK.words.categories} == {"space": 10, "furniture": 13, "fruit": 11}
    assert BOOK.words.categories[0].words[:3] == ("galaxy", "asteroid", "comet")
    assert BOOK.words.categories[2].words[-1] == "fruit"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_presets_have_no_errors(preset: Preset) -> None:
    assert [finding for finding in check(preset.words) if finding.level == "error"] == []


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_presets_are_small_and_put_a_question(preset: Preset) -> None:
    assert sum(1 for _ in preset.words.labelled_words()) <= MAX_WORDS // 4
    assert re.search(r"\?|chance|compare|bright line|hierarchy", preset.question)
    colors = list(preset.words.colors.values())
    assert len(set(colors)) == len(colors)


def test_presets_are_found_by_their_names() -> None:
    assert len(PRESETS_BY_NAME) == len(PRESETS)
    assert all(PRESETS_BY_NAME[preset.name] is preset for preset in PRESETS)


def test_names_of_several_words_have_spaces() -> None:
    assert "day times" in PRESETS_BY_NAME["Days, months, seasons, hours of the day"].words.colors


def test_some_preset_has_more_than_three_categories() -> None:
    assert max(len(preset.words.categories) for preset in PRESETS) >= 4

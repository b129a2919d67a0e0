"""The same words in several prompts: each as by itself, the spread over them, and how well they agree."""

from dataclasses import replace

import numpy as np
import pytest

from catsel_core.analyses.prompts import MOST_PROMPTS, PromptsRequest, analyse_prompts, checked_templates, shared
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.errors import InputError
from catsel_core.export.results import to_json, words_json
from catsel_core.inputs.items import InputSet
from catsel_core.statistics.noise_ceiling import noise_ceiling
from catsel_core.store import Store
from tests.analyses.made_up_sentences import load
from tests.support.core_fixtures import plain_items, word_list
from tests.support.tiny import llama_folder

TEMPLATES = ("The next word is {word}", "I like the {word}", "a {word}")
BASE = PromptsRequest(
    word_list(fruit="apple pear grape", space="moon star comet"), TEMPLATES, model=str(llama_folder())
)


def test_every_prompt_is_an_analysis_like_any_other(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    found = analyse_prompts(BASE, store, load, lambda done, total: seen.append((done, total)))
    assert found.templates == TEMPLATES
    for template, analysis in zip(TEMPLATES, found.analyses, strict=True):
        alone = analyse_words(WordRequest(BASE.words, template, model=BASE.model), store, load)
        assert np.array_equal(analysis.similarity, alone.similarity)
    assert np.array_equal(found.delta, [one.statistics.delta for one in found.analyses])
    expected = noise_ceiling([one.similarity for one in found.analyses])
    assert np.array_equal(found.ceiling.lower, expected.lower, equal_nan=True)
    assert {total for _, total in seen} == {18}
    assert seen[-1] == (18, 18)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_the_json_has_every_prompt_and_their_spread(store: Store) -> None:
    found = analyse_prompts(BASE, store, load)
    made = to_json(found)
    assert made["prompts"] == [words_json(one) for one in found.analyses]
    np.testing.assert_allclose(made["delta"]["mean"], found.delta.mean(axis=0))
    assert made["delta"]["low"] == found.delta.min(axis=0).tolist()
    assert made["delta"]["high"] == found.delta.max(axis=0).tolist()
    assert made["noise_ceiling"]["lower"][1][1] == found.ceiling.lower[1, 1]


def test_words_that_are_left_out_are_left_out_of_every_prompt(store: Store) -> None:
    words = word_list(fruit="apple pear grape", space="moon star asteroid")
    found = analyse_prompts(replace(BASE, words=words, pooling="drop"), store, load)
    assert {one.inputs.words for one in found.analyses} == {("apple", "pear", "grape", "moon", "star")}


def test_only_words_that_every_prompt_can_use_are_shared() -> None:
    items = plain_items(["a", "a", "b", "b"])
    first, second = InputSet(tuple(items[:3]), (), "last"), InputSet(tuple(items[1:]), (), "last")
    both = shared([first, second])
    assert [one.items for one in both] == [tuple(items[1:3])] * 2
    assert [one.dropped for one in both] == [(items[0],), (items[3],)]
    with pytest.raises(InputError, match="No word is a single token in all of these prompts"):
        shared([InputSet(tuple(items[:2]), (), "last"), InputSet(tuple(items[2:]), (), "last")])


@pytest.mark.parametrize(
    ("templates", "clue"),
    [
        (("a {word}",), "2 to 8 different prompts; there are 1"),
        (("a {word}", "a {word}"), "there are 1"),
        (tuple(f"{at} {{word}}" for at in range(MOST_PROMPTS + 1)), "there are 9"),
        (("a {word}", "nothing"), "“nothing” has it 0 times"),
    ],
)
def test_prompts_that_cannot_be_used_are_refused(templates: tuple[str, ...], clue: str) -> None:
    with pytest.raises(InputError, match=clue):
        checked_templates(templates)

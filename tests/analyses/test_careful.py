"""What is tested in words and in senses, which labels may change places, and which pairs count."""

import random
from dataclasses import replace

import numpy as np
import pytest

from catsel_core.analyses import careful
from catsel_core.analyses.careful import careful_senses, careful_words, context_intervals, matched_sets
from catsel_core.analyses.contexts import ContextRequest, analyse_contexts
from catsel_core.analyses.sentences import SentenceAnalysis, SentenceRequest, analyse_sentences
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.export.results import contexts_json
from catsel_core.inputs.items import Item
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.sentences import Sentence
from catsel_core.inputs.texts import pasted_text
from catsel_core.statistics.contrasts import book_contrasts
from catsel_core.store import Store
from tests.analyses.made_up_sentences import load
from tests.support.core_fixtures import word_list
from tests.support.tiny import SINGLE, llama_folder

FRAMES = ("by the", "near a", "from that", "in this")


def item(word: str, sense: str, before: str) -> Item:
    text = f"They said {before} {word}"
    return Item(
        word, f"{word}/{sense}", text, (1, 2, sum(map(ord, word))), (2, 3), (word,), (len(text) - len(word), len(text))
    )


def matched(word: str = "bank", times: int = 1) -> list[Item]:
    return [item(word, sense, frame) for frame in FRAMES for sense in ("river", "money") for _ in range(times)]


def sentences(analysis_of: list[Sentence], store: Store) -> SentenceAnalysis:
    return analyse_sentences(SentenceRequest(tuple(analysis_of), model=str(llama_folder())), store, load)


@pytest.mark.parametrize("times", [1, 2])
def test_frames_that_every_sense_has_equally_often_are_matched_sets(times: int) -> None:
    sets = matched_sets(matched(times=times))
    assert None not in sets
    assert len(set(sets)) == len(FRAMES)


def test_a_frame_that_one_sense_lacks_leaves_the_spelling_without_sets() -> None:
    assert set(matched_sets(matched()[:-1])) == {None}


def test_spellings_are_matched_each_by_itself() -> None:
    sets = matched_sets([*matched("bank"), *matched("seal")[:-1]])
    assert None not in sets[:8]
    assert set(sets[8:]) == {None}


def test_a_word_of_one_sense_has_no_matched_sets() -> None:
    assert set(matched_sets([item("bank", "river", frame) for frame in FRAMES])) == {None}


def test_words_are_tested_over_all_of_them(store: Store) -> None:
    words = word_list(fruit="apple pear grape", space="moon star comet")
    found = careful_words(analyse_words(WordRequest(words, model=str(llama_folder())), store, load))
    assert found.test.exact
    assert found.test.distinct_splits == 10
    assert found.intervals.quality == "rough"


def test_senses_change_places_among_the_sentences_of_a_word(store: Store) -> None:
    texts = [
        Sentence(f"{word}/{sense}", f"{start} {number} and then the {word}", word)
        for word in ("apple", "moon")
        for sense, start in (("one", "I like the pear"), ("two", "The table is"))
        for number in ("a", "the", "star")
    ]
    analysis = sentences(texts, store)
    found = careful_senses(analysis)
    assert found is not None
    assert found.test.distinct_splits == 100  # 10 for either word: not 12! / 3!⁴ / 4!
    assert analysis.senses is not None
    np.testing.assert_allclose(found.test.delta.observed[1:], analysis.senses.overall.delta[1:], atol=1e-6)


def test_pairs_of_two_senses_in_one_frame_do_not_count(store: Store) -> None:
    texts = [
        Sentence(f"moon/{sense}", f"{start} {frame} moon", "moon")
        for frame in FRAMES
        for sense, start in (("one", "I like the pear"), ("two", "The table is"))
    ]
    analysis = sentences(texts, store)
    found = careful_senses(analysis)
    assert found is not None
    assert analysis.senses is not None
    assert found.test.distinct_splits == 8
    similarity = analysis.similarity
    kinds = [(item.group, item.text.split()[-3:-1]) for item in analysis.inputs.items]
    pairs = [(a, b) for a in range(8) for b in range(a)]
    within = [similarity[:, a, b] for a, b in pairs if kinds[a][0] == kinds[b][0]]
    across = [similarity[:, a, b] for a, b in pairs if kinds[a][0] != kinds[b][0] and kinds[a][1] != kinds[b][1]]
    assert (len(within), len(across)) == (12, 12)
    delta = np.mean(within, axis=0) - np.mean(across, axis=0)
    np.testing.assert_allclose(found.test.delta.observed[1:], delta[1:], atol=1e-6)


def test_without_two_senses_of_a_word_there_is_no_test(store: Store) -> None:
    texts = [Sentence(word, f"I like the {start} {word}", word) for word in ("moon", "star") for start in ("a", "b")]
    analysis = sentences(texts, store)
    assert analysis.senses is None
    assert careful_senses(analysis) is None


def test_another_measure_is_tested_as_well(store: Store) -> None:
    request = WordRequest(word_list(fruit="apple pear grape", space="moon star comet"), model=str(llama_folder()))
    plain, centred = (
        careful_words(analyse_words(each, store, load)) for each in (request, replace(request, measure="centred"))
    )
    assert plain.test.delta.observed.tolist() != centred.test.delta.observed.tolist()


def test_what_was_tested_is_not_tested_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    request = WordRequest(word_list(fruit="apple pear grape", space="moon star comet"), model=str(llama_folder()))
    first = careful_words(analyse_words(request, store, load))

    def never(*_: object) -> None:
        raise AssertionError("tested before")

    monkeypatch.setattr(careful, "careful_of", never)
    again = analyse_words(request, store, load)
    found = careful_words(again)
    assert careful_words(again) is found
    assert found.test.n_permutations == first.test.n_permutations == 10
    np.testing.assert_array_equal(found.test.null, first.test.null)
    np.testing.assert_array_equal(found.intervals.balanced.high, first.intervals.balanced.high)
    for other in ({"permutations": 7}, {"seed": 3}):
        with pytest.raises(AssertionError, match="tested before"):
            careful_words(again, **other)
    with pytest.raises(AssertionError, match="tested before"):
        careful_words(analyse_words(replace(request, measure="spearman"), store, load))


def test_contexts_have_intervals_over_stretches_of_the_text(store: Store) -> None:
    story = " ".join(random.Random(2).choices([*SINGLE, "the"], k=400))
    request = ContextRequest(pasted_text(story), ("apple", "moon"), WindowChoice(10, 80), "last", str(llama_folder()))
    analysis = analyse_contexts(request, store, load)
    found = analysis.located
    positions = [int(last) for one in found.occurrences for last in one.lasts[one.used]]
    for position, item in zip(positions, analysis.inputs.items, strict=True):  # the items lie as the positions do
        start = found.corpus.between(max(0, position - 10), position + 1)
        assert start.endswith(f" {item.group}")
        assert item.text.strip().endswith(start.strip()[-20:])
    groups = contexts_json(analysis)["pair_groups"]
    contrasts = book_contrasts(("apple", "moon"))
    bands = context_intervals(analysis, contrasts)
    assert len(groups) == len(bands) == 2
    for group, band in zip(groups, bands, strict=True):
        interval = group["interval"]
        assert (interval["method"], interval["level"], interval["stretches"]) == ("jackknife over stretches", 0.95, 20)
        assert interval["low"] == band.low.tolist()
        for low, mean, high in zip(interval["low"][1:], group["mean"][1:], interval["high"][1:], strict=True):
            assert low < mean < high

"""What is measured is the same on both sides, and every measurement runs; how long it takes is for ``make bench``."""

import re
import sys

import numpy as np
import pytest

from benchmarks import imports, notebook_way, pairs, peaks, timing, work
from benchmarks.notebook_way import Profile
from catsel_core.hidden_states.extraction import Activations, compute_activations
from catsel_core.inputs.items import InputSet
from catsel_core.statistics.pairs import book_statistics, pair_groups
from catsel_core.statistics.similarity import cosine_matrices
from tests.support.bundled import bundled_model

pytestmark = pytest.mark.bundled
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def assert_same_profile(profile: Profile, made: Activations, inputs: InputSet, first: int = 0) -> None:
    ours = book_statistics(cosine_matrices(made.vectors), pair_groups(inputs.labels))
    np.testing.assert_allclose(profile.within, ours.within_mean, atol=2e-5)
    np.testing.assert_allclose(profile.across, ours.across_mean, atol=2e-5)
    np.testing.assert_allclose(profile.t[first:], ours.t[first:], rtol=2e-3, atol=2e-3)


def test_words_the_same_numbers_both_ways() -> None:
    inputs, causal, model = work.words(), work.causal_model(), bundled_model()
    outputs, made = notebook_way.forward(causal, inputs.items), compute_activations(inputs, model)
    guessed = tuple(model.tokenizer.piece(int(token)) for token in notebook_way.next_tokens(outputs))
    assert guessed == made.next_tokens
    assert_same_profile(notebook_way.laminar_profile(outputs, inputs.labels), made, inputs)
    ways = work.word_ways(inputs)
    assert ways.notebook(causal).tolist() == notebook_way.next_tokens(outputs).tolist()
    assert ways.ours(model).next_tokens == made.next_tokens


def test_contexts_the_same_numbers_both_ways() -> None:
    inputs, causal, model = work.contexts(10), work.causal_model(), bundled_model()
    ways = work.context_ways(inputs)
    made = ways.ours(model)
    assert_same_profile(ways.notebook(causal), made, inputs, first=1)  # at the embedding a word is always one vector


@linux
def test_contexts_in_less_memory() -> None:
    notebook, ours = (peaks.in_fresh_process(way, 10) for way in ("notebook", "ours"))
    assert notebook > 2 * ours > 0


def test_pairs_are_counted_as_operations_and_their_table_says_how_they_grow() -> None:
    assert pairs.operations(2000, layers=4) == pytest.approx(16 * pairs.operations(500, layers=4), rel=0.01)
    ours, product = timing.Times((1.0, 2.0, 3.0)), timing.Times((0.01,))
    found = {items: pairs.Measured(ours, product, 5_000_000) for items in (1000, 2000)}
    *_, first, last = pairs.table(found)
    assert first == "| 1,000 | 2.00 s (1.00 s–3.00 s) | 1.00 | 31% | 5 MB |"
    assert last.split(" | ")[2] == "0.25"  # four times the pairs in the same time


def test_ways_that_are_timed_take_turns() -> None:
    done: list[str] = []
    times = timing.interleaved({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, repeats=3, warm_ups=1)
    assert done == ["a", "b"] * 4
    assert {name: len(taken.seconds) for name, taken in times.items()} == {"a": 3, "b": 3}
    assert list(times["a"].seconds) == sorted(times["a"].seconds)


def test_imports_of_the_first_page_are_told_from_streamlits(prepared: None) -> None:
    *_, row = imports.sections(repetitions=1)
    assert re.fullmatch(r"\| the overview, fresh process \| [\d.]+ m?s \| [\d.]+ m?s \| [\d.]+ \| below 2 \|", row)


@linux
def test_pairs_take_memory_that_does_not_grow_with_their_number() -> None:
    held = peaks.in_fresh_process("pairs", 3000)
    matrix = pairs.LAYERS * 3000**2 * 4
    assert 0 < held < matrix / 5


@linux
def test_a_peak_is_what_a_step_holds_at_most() -> None:
    np.ones(3_900_000)  # once freed, malloc takes blocks of up to 31 MB from its heap, and keeps their pages afterwards
    small = [np.ones(3_500_000) for _ in range(12)]
    top = small.pop()
    small.clear()
    held = timing.peak_over_now(lambda: np.ones(25_000_000))  # 200 MB
    assert top.all()
    assert 150e6 < held < 300e6

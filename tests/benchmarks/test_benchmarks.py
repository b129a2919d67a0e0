"""What is measured is the same on both sides, and ours is the better one by a margin no busy machine takes away."""

import sys

import numpy as np
import pytest

from benchmarks import notebook_way, pairs, peaks, timing, work
from benchmarks.notebook_way import Profile
from catsel_core.hidden_states.extraction import Activations, compute_activations
from catsel_core.inputs.items import InputSet
from catsel_core.statistics.pairs import book_statistics, pair_groups
from catsel_core.statistics.similarity import cosine_matrices

pytestmark = pytest.mark.bundled
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def assert_same_profile(profile: Profile, made: Activations, inputs: InputSet, first: int = 0) -> None:
    ours = book_statistics(cosine_matrices(made.vectors), pair_groups(inputs.labels))
    np.testing.assert_allclose(profile.within, ours.within_mean, atol=2e-5)
    np.testing.assert_allclose(profile.across, ours.across_mean, atol=2e-5)
    np.testing.assert_allclose(profile.t[first:], ours.t[first:], rtol=2e-3, atol=2e-3)


def test_words_the_same_numbers_and_in_less_time() -> None:
    inputs, causal, model = work.words(), work.causal_model(), work.loaded()
    outputs, made = notebook_way.forward(causal, inputs.items), compute_activations(inputs, model)
    guessed = tuple(model.tokenizer.piece(int(token)) for token in notebook_way.next_tokens(outputs))
    assert guessed == made.next_tokens
    assert_same_profile(notebook_way.laminar_profile(outputs, inputs.labels), made, inputs)
    ways = work.word_ways(inputs)
    times = timing.interleaved({"notebook": lambda: ways.notebook(causal), "ours": lambda: ways.ours(model)}, 5)
    assert times["notebook"].median > 1.3 * times["ours"].median


def test_contexts_the_same_numbers_and_in_less_time() -> None:
    inputs, causal, model = work.contexts(10), work.causal_model(), work.loaded()
    made = compute_activations(inputs, model, targets_only=True)
    profile = notebook_way.laminar_profile(notebook_way.forward(causal, inputs.items), inputs.labels)
    assert_same_profile(profile, made, inputs, first=1)  # at the embedding all contexts of a word are one vector
    ways = work.context_ways(inputs)
    times = timing.interleaved({"notebook": lambda: ways.notebook(causal), "ours": lambda: ways.ours(model)}, 3)
    assert times["notebook"].median > 1.05 * times["ours"].median


@linux
def test_contexts_in_less_memory() -> None:
    notebook, ours = (peaks.in_fresh_process(way, 10) for way in ("notebook", "ours"))
    assert notebook > 2 * ours > 0


def test_pairs_take_time_in_proportion_to_their_number() -> None:
    few, many = pairs.made_up(500, layers=4), pairs.made_up(2000, layers=4)
    times = timing.interleaved({"few": lambda: pairs.pairwise(few), "many": lambda: pairs.pairwise(many)}, 5)
    assert times["many"].median < 2 * (2000 / 500) ** 2 * times["few"].median


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

"""What is measured is the same on both sides, and ours is the faster one by a margin no busy machine takes away."""

import sys

import numpy as np
import pytest

from benchmarks import notebook_way, timing, work
from catsel_core.activations import compute_activations
from catsel_core.similarity import cosine_matrices
from catsel_core.stats import book_statistics, pair_groups

pytestmark = pytest.mark.bundled


def test_words_the_same_numbers_and_in_less_time() -> None:
    inputs, causal, model = work.words(), work.causal_model(), work.loaded()
    outputs, made = notebook_way.forward(causal, inputs.items), compute_activations(inputs, model)
    guessed = tuple(model.tokenizer.piece(int(token)) for token in notebook_way.next_tokens(outputs))
    assert guessed == made.next_tokens
    profile = notebook_way.laminar_profile(outputs, inputs.labels)
    ours = book_statistics(cosine_matrices(made.vectors), pair_groups(inputs.labels))
    np.testing.assert_allclose(profile.within, ours.within_mean, atol=2e-5)
    np.testing.assert_allclose(profile.across, ours.across_mean, atol=2e-5)
    np.testing.assert_allclose(profile.t, ours.t, rtol=2e-3, atol=2e-3)
    ways = work.word_ways(inputs)
    times = timing.interleaved({"notebook": lambda: ways.notebook(causal), "ours": lambda: ways.ours(model)}, 5)
    assert times["notebook"].median > 1.3 * times["ours"].median


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_peak_is_what_a_step_holds_at_most() -> None:
    held = timing.peak_over_now(lambda: np.ones(25_000_000))  # 200 MB
    assert 150e6 < held < 300e6

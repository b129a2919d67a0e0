"""Charts of finished analyses: what they take of them, on a small real model."""

from collections import Counter

import numpy as np
import pytest

from catsel_core.analyses.contexts import ContextRequest, analyse_contexts
from catsel_core.analyses.sentences import SentenceAnalysis, SentenceRequest, analyse_sentences
from catsel_core.analyses.side_by_side import CompareRequest, Side, compare_sides
from catsel_core.analyses.words import WordAnalysis, WordRequest, analyse_words
from catsel_core.figures import of_contexts, of_sentences, of_side_by_side, of_words
from catsel_core.figures.colors import ACROSS, WITHIN, palette
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.sentences import Sentence
from catsel_core.inputs.texts import pasted_text
from catsel_core.statistics.contrasts import book_contrasts, every_contrast
from catsel_core.statistics.shuffles import shuffled_delta_range
from catsel_core.store import FolderStore, Store
from tests.figures.values import numbers
from tests.support.core_fixtures import naive_groups, word_list
from tests.support.tiny import llama_folder

MODEL = str(llama_folder())
WORDS = word_list(fruit="apple pear asteroid", things="chair table lamp")
SENTENCES = tuple(
    Sentence(f"{word}/{sense}", text.format(word), word)
    for word in ("moon", "star")
    for sense, text in (("near", "I like the {}"), ("near", "and the {}"), ("far", "a {}"), ("far", "the star is a {}"))
    if (word, text) != ("star", "the star is a {}")
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return FolderStore(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def words(store: Store) -> WordAnalysis:
    return analyse_words(WordRequest(WORDS, model=MODEL), store)


@pytest.fixture(scope="module")
def sentences(store: Store) -> SentenceAnalysis:
    return analyse_sentences(SentenceRequest(SENTENCES, model=MODEL), store)


def test_the_band_of_words_is_that_of_their_labels(words: WordAnalysis) -> None:
    expected = shuffled_delta_range(words.similarity, words.inputs.labels, words.pairs)
    band = of_words.delta_profile(words).figure.data[0]
    assert numbers(band.y)[:-1] == [*expected.low.tolist(), *expected.high.tolist()[::-1]]


def test_the_band_of_senses_is_that_of_senses_within_a_word(sentences: SentenceAnalysis) -> None:
    assert sentences.senses is not None
    items = sentences.inputs.items
    words = [item.label for item in items]
    groups = [item.group for item in items]
    expected = shuffled_delta_range(sentences.similarity, groups, sentences.senses.pairs, words)
    band = of_sentences.sense_profile(sentences).figure.data[0]
    assert numbers(band.y)[:-1] == [*expected.low.tolist(), *expected.high.tolist()[::-1]]
    assert abs(expected.high[0]) < 1e-6  # before any context all vectors of a word are equal, whatever is shuffled


def test_the_mask_of_words_has_across_in_its_own_color(words: WordAnalysis) -> None:
    legend = {trace.name: trace.marker.color for trace in of_words.pair_mask(words).figure.data[1:]}
    assert legend == {"within fruit": palette(1)[0], "within things": palette(2)[1], "across categories": ACROSS}


def test_a_word_of_several_tokens_is_marked(words: WordAnalysis) -> None:
    chart = of_words.similarity_matrix(words, "layer")
    split = {item.label: len(item.pieces) for item in words.inputs.items if len(item.pieces) > 1}
    assert split
    for name, label, item in zip(
        chart.figure.data[0].x, chart.figure.layout.xaxis.ticktext, words.inputs.items, strict=True
    ):
        assert (f"{len(item.pieces)} tokens" in name) == ("·" in label) == (item.label in split)


def test_both_sides_of_a_comparison_have_one_range_if_it_is_the_same_for_all_layers(store: Store) -> None:
    sides = Side(model=MODEL), Side(model=MODEL, measure="centred")
    found = compare_sides(CompareRequest(WORDS, *sides), store)
    a, b = (of_side_by_side.matrix(found, letter, "shared").figure.layout.coloraxis for letter in ("A", "B"))
    assert (a.cmin, a.cmax) == (b.cmin, b.cmax)
    assert (a.colorbar.title.text, b.colorbar.title.text) == ("cosine similarity", "cosine, centred")
    a, b = (of_side_by_side.matrix(found, letter, "layer").figure.layout.coloraxis for letter in ("A", "B"))
    assert (a.cmin, a.cmax) != (b.cmin, b.cmax)


def test_a_word_has_one_color_on_all_charts_of_senses(sentences: SentenceAnalysis) -> None:
    profile = of_sentences.sense_profile(sentences).figure.data
    colors = {trace.name: trace.line.color for trace in profile if trace.name in ("moon", "star")}
    assert colors == dict(zip(("moon", "star"), palette(2), strict=True))
    for word in (None, "star"):
        matrix = of_sentences.sentence_matrix(sentences, word, "layer").figure
        legend = {trace.name: trace.marker.color for trace in matrix.data[1:]}
        assert legend["star/near"] == colors["star"]


def test_the_two_kinds_of_pairs_of_senses_are_within_and_across(sentences: SentenceAnalysis) -> None:
    same, other = of_sentences.sense_means(sentences).figure.data[:2]
    assert (same.line.color, other.line.color) == (WITHIN, ACROSS)


def test_contexts_of_few_pairs_are_points_with_the_values_of_the_pairs(store: Store) -> None:
    text = pasted_text("I like the moon, the star and the apple. " * 3 + "The star is near the star. " * 3)
    request = ContextRequest(text, ("moon", "star"), WindowChoice(window=5, most=9), model=MODEL)
    analysis = analyse_contexts(request, store)
    labels = [item.group for item in analysis.shown]
    counts = Counter(labels)
    assert counts["moon"] < 5 < counts["star"]
    chart = of_contexts.layer_distributions(analysis, every_contrast(("moon", "star")), "layer")
    for layer, frame in enumerate(chart.figure.frames):
        moon, star, across = frame.data[:3]
        assert (moon.mode, star.mode, across.mode) == ("markers", "lines", "lines")
        own = analysis.similarity[layer][np.ix_(*[np.array(labels) == "moon"] * 2)]
        assert numbers(moon.x) == pytest.approx(naive_groups(own, ["moon"] * len(own))[0])


def test_words_of_a_text_keep_the_color_of_their_place_among_the_targets(store: Store) -> None:
    text = pasted_text("I like the star and the apple. " * 5)
    request = ContextRequest(text, ("star", "apple"), WindowChoice(window=5, most=9), model=MODEL)
    analysis = analyse_contexts(request, store)
    assert of_contexts.target_colors(analysis) == dict(zip(("star", "apple"), palette(2), strict=True))
    mask = of_contexts.group_mask(analysis, book_contrasts(("star", "apple"))).figure
    assert [trace.marker.color for trace in mask.data[1:]] == [WITHIN, ACROSS]

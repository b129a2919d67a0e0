"""What ready lessons call right is computed here from the bundled model, and so is what they claim in words."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from catsel_core.analyses.careful import careful_words
from catsel_core.analyses.comparing import components_removed
from catsel_core.lessons.figures import FIGURES
from catsel_core.lessons.records import Question
from catsel_core.statistics.contrasts import book_contrasts
from catsel_core.statistics.pairs import book_statistics, pair_groups
from catsel_core.statistics.single_items import item_statistics
from tests.support.ready_lessons import SAID_IN, STEPS, analysis_of, step_of

pytestmark = [pytest.mark.bundled, pytest.mark.usefixtures("prepared")]


def pair_at(lesson: str, name: str, layer: str, *, most: bool) -> tuple[str, str]:
    """The most or least similar pair, as the matrix names it."""
    step = step_of(lesson, name)
    figure = next(FIGURES[each] for each in step.all_figures if each.endswith("matrix"))
    analysis = analysis_of(lesson, name, figure.kind)
    reading = figure.build(analysis, *figure.takes(step, analysis)).readings[analysis.model.layers.index(layer)]
    names = re.findall("“([^”]*)”", reading)
    return (names[0], names[1]) if most else (names[2], names[3])


def sense_kind(pair: tuple[str, str]) -> str:
    senses = {re.sub(r".*\((.*)\)", r"\1", name) for name in pair}
    return f"Two of {senses.pop()}" if len(senses) == 1 else "One of each"


def first_category() -> Any:
    return analysis_of("categories-appear", "within-and-across")


def delta_layer(lesson: str, name: str) -> str:
    analysis = analysis_of(lesson, name)
    return str(analysis.model.layers[int(np.argmax(analysis.statistics.delta))])


def misfits(layer: int) -> list[str]:
    analysis = first_category()
    own = item_statistics(analysis.similarity, analysis.inputs.labels).selectivity[layer]
    order = np.argsort(own)
    return [analysis.inputs.words[at] for at in order if own[at] < 0]


def first_whole_layer() -> str:
    return next(name for name, at in (("Emb", 0), ("L0", 1), ("L3", 4)) if not misfits(at))


def rise(which: str) -> float:
    means = getattr(first_category().statistics, which)
    return float(means[29] - means[1])


def changes_from_emb() -> str:
    found = first_category().statistics
    within, across = (np.diff(mean[:2])[0] for mean in (found.within_mean, found.across_mean))
    assert within > 0.02
    assert abs(across) < within / 2
    return "Within-category pairs become more similar, across-category pairs hardly change"


def t_at_l14() -> str:
    found = first_category().statistics
    assert 0.4 < found.delta[15] / found.delta[1] < 0.55
    assert 1 < found.t[15] / found.t[1] < 1.3
    assert found.t.argmax() == 15
    return "A little larger"


def spreads() -> str:
    values = first_category().similarity[:, *np.triu_indices(34, 1)]
    ratio = (values[15].std() / values[1].std(), first_category().statistics.delta[15] / 0.112)
    assert ratio[0] < 0.6
    spread = first_category().statistics.delta / first_category().statistics.t
    assert spread[15] / spread[1] < ratio[1]
    return "The curves become narrower"


def dealt() -> Any:
    return analysis_of("delta-and-t", "words-dealt-by-chance")


def two_digits(value: float) -> str:
    return f"{value:.2g}"


def senses() -> Any:
    return analysis_of("contexts-and-senses", "two-banks", "sentences").senses


def contexts_means(contrast: int) -> Any:
    analysis = analysis_of("contexts-and-senses", "context-comes-in", "contexts")
    step = step_of("contexts-and-senses", "context-comes-in")
    build = FIGURES["context-means"]
    contrasts = book_contrasts(analysis.label_pairs.labels)
    assert build.takes(step, analysis) == (contrasts,)
    pairs = [(a, b) for a, b in contrasts[contrast].pairs]
    labels = np.array(analysis.inputs.labels)
    vectors = analysis.compared / np.linalg.norm(analysis.compared, axis=-1, keepdims=True)
    means = []
    for a, b in pairs:
        cosines = np.einsum("lih,ljh->lij", vectors[:, labels == a], vectors[:, labels == b])
        n, m = cosines.shape[1:]
        means.append((cosines.sum((1, 2)) - n) / (n * m - n) if a == b else cosines.mean((1, 2)))
    return np.mean(means, axis=0)


def drift() -> str:
    within, across = contexts_means(0), contexts_means(2)
    assert np.allclose(within[0], 1, atol=1e-5)
    assert within[29] < 0.9 < within[0]
    assert across[0] < 0.1
    assert across[29] > 0.7
    return "The same word drifts apart, different words come together"


def units_at_l28() -> list[str]:
    analysis = analysis_of("anisotropy", "a-few-loud-units")
    parts = np.sort(_contributions(analysis, 29))[::-1]
    total = parts.sum()
    return [f"{100 * parts[:3].sum() / total:.0f}", f"{total:.3f}", f"{total - parts[:3].sum():.3f}"]


def _contributions(analysis: Any, layer: int) -> Any:
    vectors = analysis.compared[layer] / np.linalg.norm(analysis.compared[layer], axis=-1, keepdims=True)
    n = len(vectors)
    return (vectors.sum(0) ** 2 - (vectors**2).sum(0)) / (n * (n - 1))


def across_at_l28(name: str) -> float:
    return float(analysis_of("anisotropy", name).statistics.across_mean[29])


RIGHT: dict[tuple[str, str, str], Callable[[], str]] = {
    ("categories-appear", "a-word-becomes-a-vector", "question"): lambda: " and ".join(
        pair_at("categories-appear", "a-word-becomes-a-vector", "Emb", most=True)
    ),
    ("categories-appear", "within-and-across", "question"): lambda: " − ".join(
        f"{mean[0]:.3f}" for mean in (first_category().statistics.within_mean, first_category().statistics.across_mean)
    ),
    ("categories-appear", "where-is-it-largest", "predict"): lambda: delta_layer(
        "categories-appear", "where-is-it-largest"
    ),
    ("categories-appear", "what-the-first-block-does", "question"): changes_from_emb,
    ("categories-appear", "the-odd-word", "predict"): lambda: misfits(0)[0],
    ("categories-appear", "the-odd-word", "question"): first_whole_layer,
    ("delta-and-t", "two-rising-curves", "question"): lambda: (
        "Both rise, and the across mean rises more" if rise("across_mean") > rise("within_mean") > 0 else ""
    ),
    ("delta-and-t", "what-does-t-do", "predict"): t_at_l14,
    ("delta-and-t", "what-does-t-do", "question"): lambda: "Small Δ and large t",
    ("delta-and-t", "narrower-curves", "question"): spreads,
    ("delta-and-t", "words-dealt-by-chance", "predict"): lambda: f"About {dealt().statistics.t.max():.0f}",
    ("delta-and-t", "shuffle-the-labels", "question"): lambda: two_digits(careful_words(dealt()).test.delta.p_max[27]),
    ("delta-and-t", "the-real-categories", "question"): lambda: (
        "The labels as they are count as one of the possible shuffles"
        if np.isclose(careful_words(first_category()).test.delta.p[1], 1 / 10_001, rtol=1e-3)
        else ""
    ),
    ("anisotropy", "two-words-with-nothing-in-common", "predict"): lambda: (
        f"About {across_at_l28('two-words-with-nothing-in-common'):.1f}"
    ),
    ("anisotropy", "two-words-with-nothing-in-common", "question"): lambda: (
        "Little: it is what across-category pairs have on average"
        if round(across_at_l28("two-words-with-nothing-in-common"), 2) == 0.87
        else ""
    ),
    ("anisotropy", "a-few-loud-units", "predict"): lambda: "3" if units_at_l28()[0] == "86" else "",
    ("anisotropy", "a-few-loud-units", "question"): lambda: units_at_l28()[2],
    ("anisotropy", "take-the-mean-away", "predict"): lambda: (
        "It becomes much larger"
        if (analysis_of("anisotropy", "below-zero").statistics.delta[20:] > 0.2).all()
        and (first_category().statistics.delta[20:] < 0.05).all()
        else ""
    ),
    ("anisotropy", "below-zero", "question"): lambda: f"{across_at_l28('below-zero'):.3f}".replace("-", "−"),
    ("anisotropy", "too-much-taken-away", "predict"): lambda: (
        "It falls below 0" if (analysis_of("anisotropy", "too-much-taken-away").statistics.delta < 0).all() else ""
    ),
    ("anisotropy", "too-much-taken-away", "question"): lambda: (
        "Take mean and directions from other contexts than the words themselves"
    ),
    ("anisotropy", "choose-a-measure", "question"): lambda: f"At {delta_layer('anisotropy', 'choose-a-measure')}",
    ("contexts-and-senses", "the-same-word-again", "predict"): lambda: (
        "Exactly 1" if np.allclose(contexts_means(0)[0], 1, atol=1e-5) else ""
    ),
    ("contexts-and-senses", "the-same-word-again", "question"): lambda: f"{contexts_means(2)[0]:.3f}",
    ("contexts-and-senses", "context-comes-in", "question"): drift,
    ("contexts-and-senses", "a-tornado", "question"): lambda: ["within", "blood × night, love", "night × love"][
        int(np.argmax([contexts_means(at)[0] for at in range(3)]))
    ],
    ("contexts-and-senses", "two-banks", "predict"): lambda: (
        "Not at all: Δ is 0" if abs(senses().overall.delta[0]) < 1e-6 else ""
    ),
    ("contexts-and-senses", "two-banks", "question"): lambda: f"L{np.argmax(senses().overall.delta[:30]) - 1}",
    ("contexts-and-senses", "which-word-is-hardest", "predict"): lambda: min(
        senses().words, key=lambda word: senses().words[word].delta[29]
    ),
    ("contexts-and-senses", "which-word-is-hardest", "question"): lambda: sense_kind(
        pair_at("contexts-and-senses", "which-word-is-hardest", "L28", most=True)
    ),
    ("contexts-and-senses", "what-the-model-cannot-see", "question"): lambda: sense_kind(
        pair_at("contexts-and-senses", "what-the-model-cannot-see", "L13", most=False)
    ),
}
"""What is right, computed: a question that is added is checked too, or this fails."""

NUMBER = re.compile(r"-?\d[\d.,]*")

ASKED: dict[tuple[str, str, str], Question] = {
    (lesson.name, step.name, part): question
    for lesson, step in STEPS
    for part, question in (("predict", step.predict), ("question", step.question))
    if question is not None
}


def test_every_question_is_checked() -> None:
    assert set(RIGHT) == set(ASKED)
    assert sum(part == "question" for _, _, part in ASKED) >= 7


@pytest.mark.parametrize("asked", RIGHT, ids="/".join)
def test_the_right_answer_is_right(asked: tuple[str, str, str]) -> None:
    assert RIGHT[asked]() == ASKED[asked].answer
    for language in SAID_IN:
        said: Question = getattr(step_of(*asked[:2], language), asked[2])
        assert (said.answer, said.options) == (ASKED[asked].answer, ASKED[asked].options)
        assert [NUMBER.findall(said.said(option)) for option in said.options] == list(map(NUMBER.findall, said.options))


def test_claims_in_words() -> None:
    found = first_category().statistics
    assert misfits(1) == ["sofa"]
    assert len(misfits(0)) == 6
    assert set(misfits(30)) == {"sun", "moon"}
    assert [round(float(mean[29]), 2) for mean in (found.within_mean, found.across_mean)] == [0.90, 0.87]
    test = careful_words(dealt()).test
    assert (test.delta.p_max > 0.05).all()
    assert (careful_words(first_category()).test.delta.p_max <= 0.05).all()
    removed = analysis_of("anisotropy", "too-much-taken-away")
    assert components_removed(removed, removed.request) == 6
    centred = analysis_of("anisotropy", "below-zero").similarity[:, *np.triu_indices(34, 1)].mean(1)
    assert abs(centred[29] + 1 / 33) < 0.01
    assert f"{-1 / 33:.3f}" == "-0.030"
    assert f"{576**-0.5:.2f}" == "0.04"
    loud = [int(np.argmax(_contributions(first_category(), layer))) for layer in range(31)]
    assert set(loud[1:21]) == {507}
    assert set(loud[28:30]) == {17}


def test_chance_deals_as_often_as_the_notes_say() -> None:
    """Of 400 deals of 24, 5 and 5 words three in ten have a t beyond 2 at L14; of 10, 13 and 11 two in a hundred."""
    similarity, draw = first_category().similarity, np.random.default_rng(25)
    beyond = {}
    for sizes in ((24, 5, 5), (10, 13, 11)):
        labels = np.repeat(["a", "b", "c"], sizes)
        t = [book_statistics(similarity, pair_groups(draw.permutation(labels).tolist())).t for _ in range(400)]
        beyond[sizes] = np.mean(np.abs([each[15] for each in t]) > 2), np.mean(np.abs(t).max(1) > 2)
    assert 0.25 < beyond[24, 5, 5][0] < 0.35
    assert beyond[24, 5, 5][1] > 0.9
    assert 0.005 < beyond[10, 13, 11][0] < 0.035

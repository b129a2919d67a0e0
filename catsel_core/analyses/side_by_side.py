"""Two models, prompts, treatments of pieces or measures, side by side on the same words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import numpy as np

from catsel_core.analyses.comparing import components_removed
from catsel_core.analyses.obstacles import Key, Obstacle, key_of, obstacles_of
from catsel_core.analyses.words import WordAnalysis, WordRequest, finished, tokenized_of
from catsel_core.arrays import FloatArray, Floats, Indices
from catsel_core.errors import InputError
from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.prepare import Say, ready_model
from catsel_core.hidden_states.run import Loader, Progress, Run, part_of, run_of
from catsel_core.inputs.items import DEFAULT_TEMPLATE, TEMPLATES, InputSet, Pooling, TokenizedWords, pooled
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.word_list_checks import validated
from catsel_core.inputs.word_lists import WordList
from catsel_core.language import mark, tr
from catsel_core.models import find as models
from catsel_core.models.catalogue import CATALOGUE
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.statistics.cka import debiased_cka, linear_cka
from catsel_core.statistics.layer_paths import best_path, equal_depth
from catsel_core.statistics.measures import FROM_ITEMS, WITH_BASIS, Basis, Measure, Reference
from catsel_core.statistics.rsa import MantelTest, mantel, nearest, neighbourhood_change, rsa
from catsel_core.store import Store

LayerSimilarity = Literal["rsa", "cka", "debiased-cka"]
"""How alike two layers are: Spearman's correlation of similarities (RSA), linear CKA, or CKA without its bias."""

LAYER_SIMILARITIES = get_args(LayerSimilarity)

MIN_ITEMS = 4
"""Fewer words have too few pairs for any likeness."""
NEIGHBOURS = 5

_POOLINGS: dict[Pooling, str] = {"last": mark("last"), "mean": mark("mean"), "drop": mark("drop")}
_MEASURES: dict[Measure, str] = {
    "cosine": mark("cosine"),
    "centred": mark("centred"),
    "zscored": mark("zscored"),
    "all-but-the-top": mark("all-but-the-top"),
    "spearman": mark("spearman"),
}
_TAKEN_FROM: dict[Reference, str] = {"items": mark("from the items"), "text": mark("from the text")}
_REMOVED = mark("{count} removed")
"""What is said of a side in a legend."""


@dataclass(frozen=True, slots=True)
class Side:
    """All that may differ between the two sides of a comparison."""

    template: str = DEFAULT_TEMPLATE
    pooling: Pooling = "last"
    model: str = field(default_factory=models.default_reference)
    precision: Precision = "float32"
    measure: Measure = "cosine"
    basis: Basis = FROM_ITEMS


def mantel_along_path(found: "SideBySide", shuffles: int, seed: int) -> tuple[MantelTest | None, ...]:
    """A permutation test of RSA for every layer of A and its match on the path; None where RSA is not defined.

    Args:
        found: a finished comparison.
        shuffles: of the items, for each pair of layers.
        seed: of all shuffles.
    """
    rng = np.random.default_rng(seed)
    layer_similarity, path = found.layer_similarity["rsa"], found.paths["rsa"].tolist()
    return tuple(
        mantel(found.a.similarity[a], found.b.similarity[b], rng, shuffles)
        if np.isfinite(layer_similarity[a, b])
        else None
        for a, b in enumerate(path)
    )


def other_side(side: Side) -> Side:
    """Something to compare ``side`` with: another model that is here, else another prompt."""
    here = (entry.reference for entry in CATALOGUE if models.is_present(entry.reference))
    other = next((reference for reference in here if reference != side.model), None)
    if other is not None:
        return replace(side, model=other)
    return replace(side, template=next(template for template in TEMPLATES if template != side.template))


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """The same words, twice."""

    words: WordList = field(default=BOOK.words)
    a: Side = field(default_factory=Side)
    b: Side = field(default_factory=lambda: other_side(Side()))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A word that is not compared, and why: what keeps it from side A, from side B, or from both."""

    word: str
    category: str
    obstacles: tuple[Obstacle, ...]

    @property
    def reason(self) -> str:
        """Why, for files, which say the same in every language."""
        return "; ".join(each.reason for each in self.obstacles)

    @property
    def said(self) -> str:
        """Why, in the language that is spoken."""
        return "; ".join(each.said for each in self.obstacles)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A finished comparison; arrays are read-only and (layer of A, layer of B, …).

    left_out: the words of the request that are on neither side, because at least one of them cannot use them.
    layer_similarity: for each of :data:`LAYER_SIMILARITIES`, (layer_a, layer_b); NaN where it is not defined.
    paths: for each of them (layer_a,) the matching layer of B, never going back.
    depth: (layer_a,) the layer of B at the same relative depth.
    change: (layer_a, layer_b, item) how much a word's similarities to the others differ: 1 − Spearman's correlation.
    nearest_a, nearest_b: (layer, item, neighbour) indices of the most similar words.
    """

    request: CompareRequest
    a: WordAnalysis
    b: WordAnalysis
    left_out: tuple[LeftOut, ...]
    layer_similarity: dict[LayerSimilarity, Floats]
    paths: dict[LayerSimilarity, Indices]
    depth: Indices
    change: FloatArray
    nearest_a: Indices
    nearest_b: Indices

    @property
    def names(self) -> tuple[str, str]:
        """What tells the sides apart, for files: the model and whatever else differs."""
        return self._named(_in_english)

    @property
    def said_names(self) -> tuple[str, str]:
        """The same for legends, in the language that is spoken."""
        return self._named(tr)

    def _named(self, say: Callable[..., str]) -> tuple[str, str]:
        one, other = self.request.a, self.request.b
        return _name(self.a, one, other, say), _name(self.b, other, one, say)

    @property
    def model(self) -> tuple[ModelSpec, ModelSpec]:
        """The models that ran."""
        return self.a.model, self.b.model

    @property
    def sides(self) -> tuple[WordAnalysis, WordAnalysis]:
        """Both analyses."""
        return self.a, self.b


def _name(analysis: WordAnalysis, side: Side, other: Side, say: Callable[..., str]) -> str:
    parts = [analysis.model.name.rpartition("/")[2]]
    parts += [side.template] * (side.template != other.template)
    parts += [say(_POOLINGS[side.pooling])] * (side.pooling != other.pooling)
    parts += [say(_MEASURES[side.measure])] * (side.measure != other.measure)
    parts += [side.precision] * (side.precision != other.precision)
    if side.measure in WITH_BASIS and side.measure == other.measure and side.basis != other.basis:
        removed = components_removed(analysis, side)
        parts.append(say(_TAKEN_FROM[side.basis.reference]))
        parts += [say(_REMOVED, count=removed)] * (removed > 0)
    return ", ".join(parts)


def _in_english(message: str, /, **values: object) -> str:
    return message.format(**values) if values else message


def compare_sides(
    request: CompareRequest,
    store: Store | None = None,
    load: Loader = model_cache.load,
    progress: Progress | None = None,
    say: Say | None = None,
) -> SideBySide:
    """Both analyses over the words that both sides can use, and how alike their layers are.

    Args:
        request: what to compare.
        store: where activations are kept; the user's cache folder if not given.
        load: turns a found model into a loaded one; called only if it must run.
        progress: called with (prompts done, prompts in all) over both sides.
        say: called with one line when the bundled model must be prepared first.

    Raises:
        InputError, ModelError, UndefinedError: with a sentence for the user.
    """
    return sides_in(request, run_of(store, load, progress, say))


def sides_in(request: CompareRequest, run: Run) -> SideBySide:
    """:func:`compare_sides` in a run that may share the model with others."""
    sides = request.a, request.b
    models_of_sides = [ready_model(side.model, run.say, side.precision) for side in sides]
    tokenized = [
        tokenized_of(request.words, side.template, model) for side, model in zip(sides, models_of_sides, strict=True)
    ]
    words, kept, obstacles = _usable(request, tokenized)
    total = 2 * len(kept[0].items)
    a, b = (
        finished(_word_request(words, side), model, inputs, part_of(run, before, total))
        for side, model, inputs, before in zip(sides, models_of_sides, kept, (0, total // 2), strict=True)
    )
    return _compared(request, a, b, _left_out(request.words, obstacles))


def _word_request(words: WordList, side: Side) -> WordRequest:
    return WordRequest(words, side.template, side.pooling, side.model, side.precision, side.measure, side.basis)


def _usable(
    request: CompareRequest, tokenized: Sequence[TokenizedWords]
) -> tuple[WordList, list[InputSet], dict[Key, list[Obstacle]]]:
    """The words that both sides can spell, the items of each side that both can use, and why others cannot be used."""
    unspelled = {key for words in tokenized for key in words.unspellable}
    words = validated(request.words.without(unspelled)) if unspelled else request.words
    sides = request.a, request.b
    inputs = [
        pooled([item for item in found.items if key_of(item) not in unspelled], side.pooling)
        for side, found in zip(sides, tokenized, strict=True)
    ]
    obstacles = obstacles_of([side.pooling for side in sides], tokenized)
    return words, [_without(each, obstacles) for each in inputs], obstacles


def _without(inputs: InputSet, obstacles: Mapping[Key, object]) -> InputSet:
    """The items that nothing keeps from either side."""
    kept = tuple(item for item in inputs.items if key_of(item) not in obstacles)
    if len(kept) < MIN_ITEMS:
        raise InputError(
            tr(
                "Both sides can use only {count} of the words, and a comparison takes at least {least}. "
                "Add words, or use the last piece or the mean of pieces for words of several tokens.",
                count=len(kept),
                least=MIN_ITEMS,
            )
        )
    return replace(inputs, items=kept, dropped=())


def _left_out(words: WordList, obstacles: Mapping[Key, Sequence[Obstacle]]) -> tuple[LeftOut, ...]:
    """The words that something keeps from a side, in the order of the list."""
    keys = [(category.name, word) for category, word in words.labelled_words()]
    return tuple(LeftOut(word, name, tuple(obstacles[name, word])) for name, word in keys if (name, word) in obstacles)


def _compared(request: CompareRequest, a: WordAnalysis, b: WordAnalysis, left_out: tuple[LeftOut, ...]) -> SideBySide:
    vectors = a.represented.vectors, b.represented.vectors
    layer_similarity: dict[LayerSimilarity, Floats] = {
        "rsa": rsa(a.similarity, b.similarity),
        "cka": linear_cka(*vectors),
        "debiased-cka": debiased_cka(*vectors),
    }
    return SideBySide(
        request,
        a,
        b,
        left_out,
        layer_similarity,
        {name: best_path(matrix) for name, matrix in layer_similarity.items()},
        equal_depth(len(a.model.layers), len(b.model.layers)),
        neighbourhood_change(a.similarity, b.similarity),
        nearest(a.similarity, NEIGHBOURS),
        nearest(b.similarity, NEIGHBOURS),
    )

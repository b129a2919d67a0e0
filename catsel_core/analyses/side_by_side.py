"""Two models, prompts, treatments of pieces or measures, side by side on the same words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import numpy as np

from catsel_core.analyses.words import WordAnalysis, WordRequest, finished, items_of
from catsel_core.arrays import FloatArray, Floats, Indices
from catsel_core.errors import InputError
from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.prepare import Say, ready_model
from catsel_core.hidden_states.run import Loader, Progress, Run, run_of
from catsel_core.inputs.items import DEFAULT_TEMPLATE, TEMPLATES, InputSet, Item, Pooling, unspellable
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.word_lists import WordList
from catsel_core.models import find as models
from catsel_core.models.catalogue import CATALOGUE
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.statistics.cka import debiased_cka, linear_cka
from catsel_core.statistics.layer_paths import best_path, equal_depth
from catsel_core.statistics.rsa import MantelTest, mantel, nearest, neighbourhood_change, rsa
from catsel_core.statistics.similarity import Measure
from catsel_core.store import Store

LayerSimilarity = Literal["rsa", "cka", "debiased-cka"]
"""How alike two layers are: Spearman's correlation of similarities (RSA), linear CKA, or CKA without its bias."""

LAYER_SIMILARITIES = get_args(LayerSimilarity)

MIN_ITEMS = 4
"""Fewer words have too few pairs for any likeness."""
NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Side:
    """All that may differ between the two sides of a comparison."""

    template: str = DEFAULT_TEMPLATE
    pooling: Pooling = "last"
    model: str = field(default_factory=models.default_reference)
    precision: Precision = "float32"
    measure: Measure = "cosine"


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
    reason: str


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
        """What tells the sides apart, for legends: the model and whatever else differs."""
        one, other = self.request.a, self.request.b
        return _name(self.a, one, other), _name(self.b, other, one)

    @property
    def model(self) -> tuple[ModelSpec, ModelSpec]:
        """The models that ran."""
        return self.a.model, self.b.model

    @property
    def sides(self) -> tuple[WordAnalysis, WordAnalysis]:
        """Both analyses."""
        return self.a, self.b


def _name(analysis: WordAnalysis, side: Side, other: Side) -> str:
    parts = [analysis.model.name.rpartition("/")[2]]
    parts += [side.template] * (side.template != other.template) + [side.pooling] * (side.pooling != other.pooling)
    parts += [side.measure] * (side.measure != other.measure) + [side.precision] * (side.precision != other.precision)
    return ", ".join(parts)


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
    model_a, model_b = (ready_model(side.model, run.say, side.precision) for side in (request.a, request.b))
    words, unspelled = _spellable(request, (model_a, model_b))
    request_a, request_b = (_word_request(words, side) for side in (request.a, request.b))
    inputs_a, inputs_b = items_of(request_a, model_a), items_of(request_b, model_b)
    shared_a, shared_b = _shared(inputs_a, inputs_b)
    several = _of_several_tokens(words, inputs_a, inputs_b)
    total = 2 * len(shared_a.items)
    first = replace(run, progress=_part(run.progress, 0, total))
    second = replace(run, progress=_part(run.progress, len(shared_a.items), total))
    a = finished(request_a, model_a, shared_a, first)
    b = finished(request_b, model_b, shared_b, second)
    return _compared(request, a, b, (*unspelled, *several))


def _word_request(words: WordList, side: Side) -> WordRequest:
    return WordRequest(words, side.template, side.pooling, side.model, side.precision, side.measure)


def _spellable(request: CompareRequest, found: tuple[ModelSpec, ModelSpec]) -> tuple[WordList, tuple[LeftOut, ...]]:
    """The words that both tokenizers have text tokens for, and the others."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for letter, side, model in zip("AB", (request.a, request.b), found, strict=True):
        for key in unspellable(request.words, side.template, models.tokenizer_of(model)):
            reasons.setdefault(key, []).append(f"no tokens on side {letter}")
    words = request.words.without(reasons) if reasons else request.words
    return words, _left_out(request.words, reasons)


def _of_several_tokens(words: WordList, a: InputSet, b: InputSet) -> tuple[LeftOut, ...]:
    """The words that a side leaves out because they have several tokens, with these tokens."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for letter, inputs in (("A", a), ("B", b)):
        for item in inputs.dropped:
            tokens = " | ".join(piece.strip() or "␣" for piece in item.pieces)
            reasons.setdefault(_key(item), []).append(f"several tokens on side {letter}: {tokens}")
    return _left_out(words, reasons)


def _left_out(words: WordList, reasons: Mapping[tuple[str, str], Sequence[str]]) -> tuple[LeftOut, ...]:
    """The words that there is a reason against, by (category, word), in the order of the list."""
    keys = [(category.name, word) for category, word in words.labelled_words()]
    return tuple(LeftOut(word, name, "; ".join(reasons[name, word])) for name, word in keys if (name, word) in reasons)


def _part(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Progress of one side as that of both."""
    return None if progress is None else lambda done, _: progress(before + done, total)


def _key(item: Item) -> tuple[str, str]:
    return item.group, item.label


def _shared(a: InputSet, b: InputSet) -> tuple[InputSet, InputSet]:
    """Both input sets with the words that both have."""
    both = {_key(item) for item in a.items} & {_key(item) for item in b.items}
    if len(both) < MIN_ITEMS:
        raise InputError(
            f"Only {len(both)} words can be used on both sides; {MIN_ITEMS} are the least to compare. "
            "Add words, or use the last piece or the mean of pieces for words of several tokens."
        )
    return _restricted(a, both), _restricted(b, both)


def _restricted(inputs: InputSet, both: set[tuple[str, str]]) -> InputSet:
    kept = tuple(item for item in inputs.items if _key(item) in both)
    return replace(inputs, items=kept, dropped=())


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

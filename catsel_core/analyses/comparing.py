"""How the vectors of any analysis are compared: as they are, or prepared by a measure."""

import functools
from dataclasses import asdict, replace
from typing import Any, Protocol

from catsel_core.analyses.represent import OfOneModel, Represented
from catsel_core.arrays import FloatArray
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.hidden_states.run import Run
from catsel_core.hidden_states.stored_activations import stored_vectors
from catsel_core.inputs.builtin_texts import builtin_text
from catsel_core.inputs.items import InputSet
from catsel_core.inputs.reference_contexts import N_CONTEXTS, reference_contexts
from catsel_core.language import tr
from catsel_core.models import find as models
from catsel_core.models.spec import ModelSpec
from catsel_core.statistics.measures import WITH_BASIS, Basis, Measure, measured, n_components


class Compares(Protocol):
    """A request that says how vectors are compared."""

    @property
    def measure(self) -> Measure:
        """What is done to them before the cosine is taken."""

    @property
    def basis(self) -> Basis:
        """What that is taken from, for measures that take something."""


def compared(represented: Represented, request: Compares, run: Run) -> FloatArray:
    """(layer, item, hidden) float32 whose cosines are the similarities that a request asks for.

    Raises:
        UndefinedError: if nothing is left of a vector: see :func:`~catsel_core.statistics.measures.measured`.
        InputError: if contexts of a text are wanted and there is none.
    """
    vectors, basis = represented.vectors, request.basis
    sample = _contexts(represented.model, run) if _of_text(request) else None
    return measured(vectors, request.measure, basis.components, sample)


def depends_on(request: Compares) -> dict[str, Any]:
    """Plain values that results depend on beside vectors and labels."""
    parts: dict[str, Any] = {"measure": request.measure}
    if request.measure in WITH_BASIS:
        parts["basis"] = asdict(request.basis)
    return {**parts, "text": builtin_text().digest} if _of_text(request) else parts


def components_removed(analysis: OfOneModel, request: Compares) -> int:
    """How many principal components all-but-the-top has removed, fewer where vectors differ little; else 0."""
    if request.measure != "all-but-the-top":
        return 0
    items, hidden = analysis.represented.vectors.shape[1:]
    vectors = N_CONTEXTS if _of_text(request) else items
    return n_components(request.basis.components, hidden, min(vectors - 1, hidden))


def _of_text(request: Compares) -> bool:
    return request.measure in WITH_BASIS and request.basis.reference == "text"


def _contexts(model: ModelSpec, run: Run) -> FloatArray:
    """(layer, context, hidden): once for every model, since the store knows them then."""
    say = functools.cache(run.say or (lambda _: None))  # one line, however many chunks are read

    def load(spec: ModelSpec) -> LoadedModel:
        say(tr("Reading reference contexts …"))
        return run.load(spec)

    return stored_vectors(_inputs(model), model, replace(run, load=load, progress=None))


@functools.lru_cache(maxsize=4)
def _inputs(model: ModelSpec) -> InputSet:
    """The contexts in a model's tokens; those of the last few models are kept."""
    return reference_contexts(models.tokenizer_of(model))

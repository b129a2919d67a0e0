"""What a shorter number format costs: the same items in float32, side by side."""

from dataclasses import dataclass, replace

import numpy as np

from catsel_core.arrays import FloatArray
from catsel_core.errors import TooLittleMemoryError
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.hidden_states.run import Run
from catsel_core.hidden_states.stored_activations import stored_vectors
from catsel_core.inputs.items import InputSet
from catsel_core.language import tr
from catsel_core.models.spec import ModelSpec
from catsel_core.statistics.similarity import cosine_matrices

MOST_ITEMS = 64
"""Items that are also run in float32; of more, as many evenly."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """Largest difference of a cosine from its float32 value.

    layer: the hidden state at which it was found.
    n_items: items whose pairs were compared, out of ``n_all``.
    """

    largest: float
    layer: int
    n_items: int
    n_all: int


def cosine_deviation(inputs: InputSet, model: ModelSpec, vectors: FloatArray, run: Run) -> Deviation | None:
    """Compare the cosines of up to :data:`MOST_ITEMS` items with those of the model in float32.

    Args:
        inputs: the items.
        model: the model that ``vectors`` are from.
        vectors: (layer, item, hidden).
        run: where the float32 vectors are looked for, or computed: that is said, since its progress counts ``inputs``.

    Returns:
        None if the model did run in float32, or does not fit into memory in float32.
    """
    if model.precision == "float32":
        return None
    n_all = len(inputs.items)
    chosen = np.unique(np.linspace(0, n_all - 1, min(n_all, MOST_ITEMS)).round().astype(int))
    same = InputSet(tuple(inputs.items[at] for at in chosen), (), inputs.pooling)
    try:
        vectors_32 = stored_vectors(same, replace(model, precision="float32"), _beside(run))
    except TooLittleMemoryError:  # why the shorter format was chosen
        return None
    differences = np.abs(cosine_matrices(vectors[:, chosen]) - cosine_matrices(vectors_32)).max(axis=(1, 2))  # (layer,)
    layer = int(differences.argmax())
    return Deviation(float(differences[layer]), layer, len(chosen), n_all)


def _beside(run: Run) -> Run:
    """The run without its progress; if the model must run, that is said once."""
    say, load = run.say, run.load
    if say is None:
        return replace(run, progress=None)
    lines = iter([tr("Comparing with float32 …")])

    def told(model: ModelSpec) -> LoadedModel:
        for line in lines:
            say(line)
        return load(model)

    return replace(run, progress=None, load=told)

"""Activations from the store, or from the model and then into the store."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, freeze
from catsel_core.errors import InputError
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.inputs.items import InputSet, Item
from catsel_core.models.spec import ModelSpec
from catsel_core.store import Entry, Store, content_key

if TYPE_CHECKING:
    from catsel_core.hidden_states.extraction import Activations, Progress

KEY_VERSION = 3
"""Raised when the same input would give other activations than before."""

CHUNK_TOKENS = 1024
"""Tokens of the items that are stored together when there are many: one forward pass, a second or two."""

Loader = Callable[[ModelSpec], LoadedModel]


def activations_key(inputs: InputSet, model: ModelSpec, what: str = "activations") -> str:
    """Key of the activations: the model's identity, the pooling, and every item's tokens and target."""
    items = [[item.token_ids, item.target] for item in inputs.items]
    return content_key(
        {"what": what, "version": KEY_VERSION, **model.identity, "pooling": inputs.pooling, "items": items}
    )


def stored_activations(
    inputs: InputSet, model: ModelSpec, store: Store, load: Loader, progress: "Progress | None"
) -> "Activations":
    """Activations of ``inputs`` with their variance over items, all in one entry of the store.

    Raises:
        InputError: if a prompt is longer than the model can read.
    """
    from catsel_core.hidden_states.extraction import Activations, compute_activations

    _check_lengths(inputs.items, model)

    def compute() -> Entry:
        made = compute_activations(inputs, load(model), progress)
        arrays: dict[str, NDArray[Any]] = {
            "vectors": made.vectors,
            "variance": made.variance,
            "position_items": made.position_items,
        }
        return Entry(arrays, {"next_tokens": made.next_tokens})

    entry = store.get_or_compute(activations_key(inputs, model), compute)
    arrays = entry.arrays
    next_tokens = tuple(entry.values["next_tokens"])
    return Activations(arrays["vectors"], arrays["variance"], arrays["position_items"], next_tokens)


def stored_vectors(
    inputs: InputSet, model: ModelSpec, store: Store, load: Loader, progress: "Progress | None"
) -> FloatArray:
    """Target vectors of many items, stored chunk by chunk: a run that is broken off keeps what it has finished.

    A chunk holds items of one group only, so that another group more or less changes no stored chunk.

    Returns:
        (layer, item, hidden) float32, read-only.

    Raises:
        InputError: if an item is longer than the model can read.
        Whatever ``progress`` raises, called with (items done, items in all) first and after every chunk.
    """
    from catsel_core.hidden_states.extraction import compute_activations

    _check_lengths(inputs.items, model)
    vectors: FloatArray | None = None
    done = 0
    if progress is not None:
        progress(0, len(inputs.items))
    for chunk in _chunks(inputs.items):
        part = InputSet(chunk, (), inputs.pooling)

        def compute(part: InputSet = part) -> Entry:
            made = compute_activations(part, load(model), targets_only=True)
            return Entry({"vectors": made.vectors}, {})

        made = store.get_or_compute(activations_key(part, model, "vectors"), compute).arrays["vectors"]
        if vectors is None:
            vectors = np.empty((len(made), len(inputs.items), made.shape[2]), np.float32)
        vectors[:, done : done + len(chunk)] = made
        done += len(chunk)
        if progress is not None:
            progress(done, len(inputs.items))
    if vectors is None:
        raise InputError("There is no item to run the model on.")
    freeze(vectors)
    return vectors


def _chunks(items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """Items in order, cut where the group changes and where :data:`CHUNK_TOKENS` are reached."""
    for _, members in groupby(items, key=lambda item: item.group):
        chunk: list[Item] = []
        longest = 0
        for item in members:
            longest = max(longest, len(item.token_ids))
            if chunk and (len(chunk) + 1) * longest > CHUNK_TOKENS:
                yield tuple(chunk)
                chunk, longest = [], len(item.token_ids)
            chunk.append(item)
        yield tuple(chunk)


def _check_lengths(items: Sequence[Item], model: ModelSpec) -> None:
    longest = max(items, key=lambda item: len(item.token_ids), default=None)
    if longest is not None and model.max_tokens and len(longest.token_ids) > model.max_tokens:
        start = " ".join(longest.text.split())[:40]
        raise InputError(
            f"“{start}…” has {len(longest.token_ids)} tokens, but {model.name} reads at most "
            f"{model.max_tokens}. Shorten the prompt or the window."
        )

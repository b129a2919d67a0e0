"""Activations from the store, or from the model and then into the store.

Items pass through the model, and are stored, chunk by chunk (:mod:`~catsel_core.hidden_states.chunks`), each in a turn
of its own (:mod:`~catsel_core.hidden_states.turns`): a run that is broken off keeps what it has finished.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, freeze
from catsel_core.errors import InputError
from catsel_core.hidden_states.chunks import chunks_of
from catsel_core.hidden_states.extraction import Activations, Extract, extract
from catsel_core.hidden_states.packing import shared_prefix
from catsel_core.hidden_states.run import Run
from catsel_core.hidden_states.spread import Spread, merged
from catsel_core.inputs.items import InputSet, Item
from catsel_core.language import tr
from catsel_core.models.spec import ModelSpec
from catsel_core.store import Entry, content_key

KEY_VERSION = 4
"""Raised when the same input would give other activations than before."""


def activations_key(inputs: InputSet, model: ModelSpec, what: str = "activations") -> str:
    """Key of the activations: the model's identity, the pooling, and every item's tokens and target."""
    items = [[item.token_ids, item.target] for item in inputs.items]
    return content_key(
        {"what": what, "version": KEY_VERSION, **model.identity, "pooling": inputs.pooling, "items": items}
    )


def stored_activations(inputs: InputSet, model: ModelSpec, run: Run) -> Activations:
    """Activations of ``inputs`` with their variance over items, all in one entry of the store.

    Raises:
        InputError: if there is no item, or one that is longer than the model can read.
        Whatever ``run.progress`` and ``run.waiter`` raise.
    """
    _check(inputs.items, model)
    key = activations_key(inputs, model)
    entry = run.store.get(key) or _made(inputs, model, run, key)
    arrays, next_tokens = entry.arrays, tuple(entry.values["next_tokens"])
    return Activations(arrays["vectors"], arrays["variance"], arrays["position_items"], next_tokens)


def stored_vectors(inputs: InputSet, model: ModelSpec, run: Run) -> FloatArray:
    """Target vectors of many items; a chunk holds items of one group only, so that another one changes no stored chunk.

    Returns:
        (layer, item, hidden) float32, read-only.

    Raises:
        InputError: if there is no item, or one that is longer than the model can read.
        Whatever ``run.progress``, called first with no item done, and ``run.waiter`` raise.
    """
    _check(inputs.items, model)
    parts = [InputSet(chunk, (), inputs.pooling) for chunk in chunks_of(inputs.items, by_group=True)]
    chunks = [(activations_key(part, model, "vectors"), part) for part in parts]
    vectors = _Vectors(len(inputs.items))

    def compute(part: InputSet) -> Entry:
        return Entry({"vectors": extract(part, run.load(model), None).vectors}, {})

    if run.progress is not None:
        run.progress(0, len(inputs.items))
    _each_chunk(chunks, model, run, compute, lambda entry: vectors.add(entry.arrays["vectors"]))
    return vectors.whole()


def _made(inputs: InputSet, model: ModelSpec, run: Run, key: str) -> Entry:
    """The entry of all items; chunks have entries of their own until all of them are there."""
    shared = shared_prefix(inputs.items)
    parts = [InputSet(chunk, (), inputs.pooling) for chunk in chunks_of(inputs.items, by_group=False)]
    if len(parts) == 1:
        return _made_at_once(inputs, model, run, key, shared)
    chunks = [(activations_key(part, model, f"chunk behind {shared}"), part) for part in parts]
    total = _Sum(len(inputs.items))

    def compute(part: InputSet) -> Entry:
        return _chunk_entry(extract(part, run.load(model), shared))

    _each_chunk(chunks, model, run, compute, lambda entry: total.add(_extract_of(entry, shared)))
    entry = run.store.get_or_compute(key, total.entry)
    for chunk, _ in chunks:
        run.store.forget(chunk)
    return entry


def _made_at_once(inputs: InputSet, model: ModelSpec, run: Run, key: str, shared: int) -> Entry:
    entries: list[Entry] = []

    def compute(part: InputSet) -> Entry:
        total = _Sum(len(part.items))
        total.add(extract(part, run.load(model), shared))
        return total.entry()

    _each_chunk([(key, inputs)], model, run, compute, entries.append)
    return entries[0]


def _each_chunk(
    chunks: Sequence[tuple[str, InputSet]],
    model: ModelSpec,
    run: Run,
    compute: Callable[[InputSet], Entry],
    keep: Callable[[Entry], object],
) -> None:
    """Find every chunk in the store, or compute and store it in a turn; what is found waits for nobody."""
    total, done = sum(len(part.items) for _, part in chunks), 0
    with run.turns.line(model, run.waiter) as line:
        for key, part in chunks:
            entry = run.store.get(key)
            if entry is None:
                with line.turn():
                    entry = run.store.get_or_compute(key, lambda part=part: compute(part))  # type: ignore[misc]
            keep(entry)
            done += len(part.items)
            if run.progress is not None:
                run.progress(done, total)


class _Vectors:
    """Target vectors of ``count`` items, put together in order."""

    def __init__(self, count: int) -> None:
        self._count, self._done = count, 0
        self._made: FloatArray = np.empty((0, 0, 0), np.float32)

    def add(self, vectors: FloatArray) -> None:
        """Take in the (layer, item, hidden) of the next items."""
        layers, count, width = vectors.shape
        if not self._done:
            self._made = vectors if count == self._count else np.empty((layers, self._count, width), np.float32)
        if self._made is not vectors:
            self._made[:, self._done : self._done + count] = vectors
        self._done += count

    def whole(self) -> FloatArray:
        """(layer, item, hidden), read-only."""
        freeze(self._made)
        return self._made


class _Sum:
    """Extracts of ``count`` items, added up in order."""

    def __init__(self, count: int) -> None:
        self._vectors = _Vectors(count)
        self._next_tokens: tuple[str, ...] = ()
        self._spread: Spread | None = None

    def add(self, one: Extract) -> None:
        """Take in the next items."""
        self._vectors.add(one.vectors)
        self._next_tokens += one.next_tokens
        spread = _spread_of(one)
        self._spread = spread if self._spread is None else merged(self._spread, spread)

    def entry(self) -> Entry:
        """Of all items."""
        if self._spread is None:
            raise ValueError("nothing was added up")
        made = Activations.of(self._vectors.whole(), self._spread, self._next_tokens)
        arrays: dict[str, NDArray[Any]] = {
            "vectors": made.vectors,
            "variance": made.variance,
            "position_items": made.position_items,
        }
        return Entry(arrays, {"next_tokens": made.next_tokens})


def _spread_of(made: Extract) -> Spread:
    if made.spread is None:
        raise ValueError("only the targets were asked for")
    return made.spread


def _chunk_entry(made: Extract) -> Entry:
    spread = _spread_of(made)
    arrays: dict[str, NDArray[Any]] = {
        "vectors": made.vectors,
        "counts": spread.counts,
        "mean": spread.mean,
        "squares": spread.squares.astype(np.float32),
    }
    return Entry(arrays, {"next_tokens": made.next_tokens})


def _extract_of(entry: Entry, shared: int) -> Extract:
    arrays = entry.arrays
    spread = Spread(shared, arrays["counts"], arrays["mean"], arrays["squares"])
    return Extract(arrays["vectors"], spread, tuple(entry.values["next_tokens"]))


def _check(items: Sequence[Item], model: ModelSpec) -> None:
    if not items:
        raise InputError(tr("There is no item to run the model on."))
    longest = max(items, key=lambda item: len(item.token_ids))
    if model.max_tokens and len(longest.token_ids) > model.max_tokens:
        start = " ".join(longest.text.split())[:40]
        raise InputError(
            tr(
                "“{start}…” has {tokens} tokens, but {model} reads at most {most}. Shorten the prompt or the window.",
                start=start,
                tokens=len(longest.token_ids),
                model=model.name,
                most=model.max_tokens,
            )
        )

"""What a run needs beside its input."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.hidden_states.prepare import Say
from catsel_core.hidden_states.turns import Patient, Turns, Waiter
from catsel_core.models.spec import ModelSpec
from catsel_core.store import FolderStore, Store

Loader = Callable[[ModelSpec], LoadedModel]
"""Turns a found model into a loaded one."""

Progress = Callable[[int, int], None]
"""Called with (items done, items in all)."""


@dataclass(frozen=True, slots=True)
class Run:
    """Where results are kept, how models are loaded, how progress is reported, and how a turn at the model is taken.

    store: where activations are looked for and kept; the user's cache folder by default.
    load: called in a turn, only if the model must run.
    progress: called outside of turns, after every chunk that is finished or was found. What it raises ends the run;
        finished chunks stay.
    say: called with one line when something begins that is not counted.
    turns: whose turns are taken; this process's by default.
    waiter: what is done while a turn is waited for.
    """

    store: Store = field(default_factory=FolderStore)
    load: Loader = model_cache.load
    progress: Progress | None = None
    say: Say | None = None
    turns: Turns = model_cache.TURNS
    waiter: Waiter = field(default_factory=Patient)


def part_of(run: Run, before: int, total: int) -> Run:
    """A run whose progress is told as a part of a larger one.

    Args:
        run: the larger one.
        before: items that were done before.
        total: all items of the larger one.
    """
    tell = run.progress
    return run if tell is None else replace(run, progress=lambda done, _: tell(before + done, total))


def run_of(store: Store | None, load: Loader, progress: Progress | None, say: Say | None) -> Run:
    """A run of somebody who need not share the model."""
    return Run(store or FolderStore(), load, progress, say)

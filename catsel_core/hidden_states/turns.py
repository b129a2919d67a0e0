"""Turns at the model: chunks of different runs take turns, and a model stays while it has work.

Whoever has waited longest is next, but a run that has had no turn goes first: beside the chunk that is under way, so
that a short list waits for nobody; where another one is there already, or the model is not the same, after that chunk.
No two go first after one another, so that long runs go on. Reading a model's weights takes as long as many chunks:
while runs with a model that is in memory go on, others wait until it has had :data:`STAY_TURNS`.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Protocol

from catsel_core.models.spec import ModelSpec

STAY_TURNS = 8
"""Turns that models in memory are used for while another one is waited for: about ten seconds of the bundled one."""

POLL_SECONDS = 0.2


class Waiter(Protocol):
    """What a run does while it waits for its turn."""

    def check(self) -> None:
        """Called now and then; what it raises ends the run."""

    def aside(self) -> AbstractContextManager[None]:
        """Entered while the run waits, for whoever counts those that are busy."""


class Patient:
    """Waits as long as it takes."""

    def check(self) -> None:
        """Nothing ends the run."""

    def aside(self) -> AbstractContextManager[None]:
        """Nobody counts."""
        return nullcontext()


def model_name(model: ModelSpec) -> str:
    """What a model in any precision is called here: both precisions of one count as one."""
    return repr(replace(model, precision="float32"))


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One run's place at the model, from its first chunk to its last."""

    turns: "Turns"
    model: ModelSpec
    waiter: Waiter

    @property
    def name(self) -> str:
        """The model's, in any precision."""
        return model_name(self.model)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Have the model for the length of the block, alone or with one other run; waits until it is free.

        Raises:
            Whatever the waiter's ``check`` raises.
        """
        self.turns.begin(self)
        try:
            yield
        finally:
            self.turns.end(self)


class Turns:
    """Who is next at the model. Safe to use from several threads.

    Args:
        models_in_memory: how many models may be in memory at a time.
    """

    def __init__(self, models_in_memory: Callable[[], int]) -> None:
        self._models_in_memory = models_in_memory
        self._changed = threading.Condition()
        self._open: list[Line] = []
        self._waiting: list[Line] = []  # longest first
        self._fresh: list[Line] = []  # had no turn yet
        self._jumped = False  # whether the last turn went past somebody who had waited longer
        self._under_way: Line | None = None
        self._beside: Line | None = None  # whose first turn is taken beside it
        self._loaded: list[str] = []  # used last at the end
        self._stayed = 0

    @contextmanager
    def line(self, model: ModelSpec, waiter: Waiter) -> Iterator[Line]:
        """A place for one run; its model stays, within bounds, for as long as the block lasts."""
        made = Line(self, model, waiter)
        with self._changed:
            self._open.append(made)
            self._fresh.append(made)
        try:
            yield made
        finally:
            with self._changed:
                self._open.remove(made)
                if made in self._fresh:
                    self._fresh.remove(made)
                self._changed.notify_all()

    def begin(self, line: Line) -> None:
        """Wait until it is this line's turn, and take it."""
        with self._changed:
            self._waiting.append(line)
            self._changed.notify_all()
        taken = False
        try:
            with line.waiter.aside():
                while not taken:
                    line.waiter.check()
                    taken = self._take(line)
        except BaseException:
            self._give_up(line, taken=taken)
            raise

    def end(self, line: Line) -> None:
        """The turn of this line is over."""
        with self._changed:
            if line is self._beside:
                self._beside = None
            else:
                self._under_way = None
            self._changed.notify_all()

    def _take(self, line: Line) -> bool:
        """Take the turn if it is this line's, now or within :data:`POLL_SECONDS`."""
        with self._changed:
            if not self._changed.wait_for(lambda: line in (self._next(), self._next_beside()), POLL_SECONDS):
                return False
            if self._under_way is not None:
                self._beside = line
            else:
                self._jumped = line is not self._waiting[0]
                self._under_way = line
            self._use(line.name)
            self._waiting.remove(line)
            if line in self._fresh:
                self._fresh.remove(line)
            self._changed.notify_all()  # somebody may go beside it
            return True

    def _give_up(self, line: Line, *, taken: bool) -> None:
        if taken:
            self.end(line)
            return
        with self._changed:
            self._waiting.remove(line)
            self._changed.notify_all()

    def _next(self) -> Line | None:
        if self._under_way is not None or not self._waiting:
            return None
        room = len(self._loaded) < self._models_in_memory()
        of_loaded = [line for line in self._waiting if line.name in self._loaded]
        free = room or self._stayed >= STAY_TURNS or not any(line.name in self._loaded for line in self._open)
        chosen = self._first(self._waiting if free else of_loaded)
        if self._beside is not None and chosen is not None and chosen.model != self._beside.model:
            return None  # the model of a chunk that is under way is not driven out
        return chosen

    def _next_beside(self) -> Line | None:
        """A new run with the model of the chunk that is under way, unless another one is beside that already."""
        if self._under_way is None or self._beside is not None:
            return None
        others = any(line.name not in self._loaded for line in self._waiting)
        if others and self._stayed >= STAY_TURNS:
            return None
        model = self._under_way.model
        return next((line for line in self._waiting if line in self._fresh and line.model == model), None)

    def _first(self, waiting: list[Line]) -> Line | None:
        """Of those who may be next, a new one, unless the last turn went out of order for one; else the longest."""
        fresh = [] if self._jumped else [line for line in waiting if line in self._fresh]
        return next(iter(fresh or waiting), None)

    def _use(self, name: str) -> None:
        if name in self._loaded:
            self._loaded.remove(name)
            self._stayed += 1
        else:
            self._stayed = 1
        self._loaded.append(name)
        del self._loaded[: -self._models_in_memory()]

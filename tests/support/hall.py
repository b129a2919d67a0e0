"""Runs that wait for their turns at a model, in threads of their own, each held up until a test lets it go on."""

import threading
from collections import defaultdict
from pathlib import Path

from catsel_core.hidden_states.turns import Patient, Turns
from catsel_core.models.spec import ModelSpec

A, B = (ModelSpec(name, "1", Path("/nowhere") / name, 1) for name in "ab")


class Hall:
    """Runs in threads of their own; ``order`` is who had which turn. Every turn ends when the test lets it."""

    def __init__(self, most: int = 1) -> None:
        self.turns = Turns(lambda: most)
        self.order: list[str] = []
        self.threads: list[threading.Thread] = []
        self.began = threading.Semaphore(0)
        self.held: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(0))

    def run(self, name: str, model: ModelSpec, chunks: int) -> None:
        """Begin a run of so many chunks; returns when it waits for its first turn or has it."""
        asked, held = threading.Event(), self.held[name]

        class Asking(Patient):
            def check(self) -> None:
                asked.set()

        def work() -> None:
            with self.turns.line(model, Asking()) as line:
                for _ in range(chunks):
                    with line.turn():
                        self.order.append(name)
                        self.began.release()
                        assert held.acquire(timeout=20)

        self.threads.append(threading.Thread(target=work))
        self.threads[-1].start()
        assert asked.wait(20)

    def wait_for_turn(self) -> None:
        assert self.began.acquire(timeout=20)

    def let(self, name: str, turns: int = 1) -> None:
        """So many turns of this run end."""
        self.held[name].release(turns)

    def settled(self) -> list[str]:
        """Who has had which turn, once nobody else gets one."""
        while self.began.acquire(timeout=0.3):
            pass
        return self.order

    def finish(self, last: str = "") -> list[str]:
        """Let every turn end, and all runs too; those of ``last`` after all others."""
        for name, held in self.held.items():
            if name != last:
                held.release(1000)
        if last:
            self.settled()
            self.let(last, 1000)
        for thread in self.threads:
            thread.join(20)
            assert not thread.is_alive()
        return self.order

"""Peak memory of one piece of work in a fresh process: ``python -m benchmarks.peaks WAY NUMBER``."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import contexts_memory, pairs, timing, work

FEW = 20
"""Contexts where something else than their number grows."""


def in_fresh_process(way: str, number: int) -> int:
    """Bytes that a way of :data:`WAYS` needs beyond what its process holds before (model or vectors)."""
    command = [sys.executable, "-m", "benchmarks.peaks", way, str(number)]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)  # noqa: S603  # our own command
    return int(json.loads(done.stdout.splitlines()[-1]))


def _notebook(contexts: int) -> int:
    ways, causal = work.context_ways(work.contexts(contexts)), work.causal_model()
    return timing.peak_over_now(lambda: ways.notebook(causal))


def _ours(contexts: int, before: int = work.BEFORE, blocks: int | None = None) -> int:
    ways, model = work.context_ways(work.contexts(contexts, before)), work.loaded()
    used = work.cut(model, blocks) if blocks else model
    return timing.peak_over_now(lambda: ways.ours(used))


def _pairs(contexts: int) -> int:
    vectors = pairs.made_up(contexts)
    return timing.peak_over_now(lambda: pairs.pairwise(vectors))


def _text(most: int) -> int:
    model = work.loaded()
    return timing.peak_over_now(lambda: contexts_memory.analyse(most, model))


WAYS: dict[str, Callable[[int], int]] = {
    "notebook": _notebook,
    "ours": _ours,
    "tokens": lambda before: _ours(FEW, before),
    "blocks": lambda blocks: _ours(FEW, blocks=blocks),
    "pairs": _pairs,
    "text": _text,
}
"""What a number stands for: contexts, tokens before the word, blocks of the model, contexts in pairs, occurrences."""

if __name__ == "__main__":
    print(json.dumps(WAYS[sys.argv[1]](int(sys.argv[2]))))

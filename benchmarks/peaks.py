"""Peak memory of one piece of work in a fresh process: ``python -m benchmarks.peaks notebook|ours|pairs NUMBER``."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks import pairs, timing, work


def table() -> list[str]:
    """Lines of the results: the contexts pass in the notebook's way and in ours."""
    notebook, ours = (in_fresh_process(way, work.CONTEXTS) for way in ("notebook", "ours"))
    return [
        "| contexts, peak memory over the loaded model | notebook's way | ours | ratio |",
        "|---|---|---|---|",
        f"| float32 | {notebook / 1e6:,.0f} MB | {ours / 1e6:,.0f} MB | {notebook / ours:.1f} |",
    ]


def in_fresh_process(way: str, number: int) -> int:
    """Bytes that a way of working needs beyond what its process holds before (model or vectors)."""
    command = [sys.executable, "-m", "benchmarks.peaks", way, str(number)]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)  # noqa: S603  # our own command
    return int(json.loads(done.stdout.splitlines()[-1]))


def _peak(way: str, number: int) -> int:
    if way == "pairs":
        vectors = pairs.made_up(number)
        return timing.peak_over_now(lambda: pairs.pairwise(vectors))
    contexts = work.contexts(number)
    ways = work.context_ways(contexts)
    if way == "notebook":
        causal = work.causal_model()
        return timing.peak_over_now(lambda: ways.notebook(causal))
    model = work.loaded()
    return timing.peak_over_now(lambda: ways.ours(model))


if __name__ == "__main__":
    print(json.dumps(_peak(sys.argv[1], int(sys.argv[2]))))

"""Every measurement of one run in one table: ``python -m benchmarks``, or ``make bench``.

Ratios are between ways that took turns in this run, on this machine; they are what to compare, not the seconds.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import torch

from benchmarks import timing, work
from benchmarks.timing import Times
from catsel_core.loading import LoadedModel, parameters
from catsel_core.models import find_model

RESULTS = Path(__file__).parent / "results.md"
PRODUCT_ROWS, PRODUCTS = 2048, 8
FLAGS = ("avx2", "avx512f", "avx512_bf16", "amx_bf16", "amx_tile")


def main() -> None:
    """Measure, print, and write the results beside this file."""
    if sys.argv[1:2] == ["--peak"]:
        print(json.dumps(_peak(sys.argv[2])))
        return
    lines = [*_machine(), "", *_forward_passes(), "", *_peaks()]
    text = "\n".join(["# Results of `make bench`", "", *lines, ""])
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


def _machine() -> list[str]:
    info = Path("/proc/cpuinfo")
    known = info.read_text(encoding="utf-8").split() if info.exists() else []
    flags = ", ".join(flag for flag in FLAGS if flag in known) or "no known CPU flags"
    return [
        f"{os.cpu_count()} cores, {flags}; {platform.system()}, Python {platform.python_version()}, "
        f"torch {torch.__version__}, {torch.get_num_threads()} threads. Times are medians of {timing.REPEATS} "
        "repetitions (words: 15) taken in turn (shortest–longest)."
    ]


def _forward_passes() -> list[str]:
    causal, full, half = work.causal_model(), work.loaded(), work.loaded("bfloat16")
    words, contexts = work.words(), work.contexts()
    lines = ["| work | notebook's way | ours | ratio |", "|---|---|---|---|"]
    ways = work.word_ways(words)
    times = timing.interleaved({"notebook": lambda: ways.notebook(causal), "ours": lambda: ways.ours(full)}, 15)
    lines.append(_row(f"{len(words.items)} words, hidden states and next tokens", times["notebook"], times["ours"]))
    ways = work.context_ways(contexts)
    times = timing.interleaved(
        {
            "notebook": lambda: ways.notebook(causal),
            "float32": lambda: ways.ours(full),
            "bfloat16": lambda: ways.ours(half),
            **{f"product {kind}": _products(kind) for kind in ("float32", "bfloat16")},
        }
    )
    name = f"{len(contexts.items)} contexts × {len(contexts.items[0].token_ids)} tokens"
    lines += [_row(f"{name}, {kind}", times["notebook"], times[kind]) for kind in ("float32", "bfloat16")]
    exact, short = ways.ours(full).vectors, ways.ours(half).vectors
    lines += ["", f"bfloat16: largest difference of a cosine from float32 {work.largest_difference(exact, short):.4f}."]
    n_tokens = sum(len(item.token_ids) for item in contexts.items)
    return [*lines, "", *_shares(n_tokens, times, full)]


def _row(name: str, notebook: Times, ours: Times) -> str:
    return f"| {name} | {notebook} | {ours} | {notebook.median / ours.median:.1f} |"


def _shares(n_tokens: int, times: dict[str, Times], model: LoadedModel) -> list[str]:
    """How much of the machine's matrix-multiply rate the contexts pass reaches; attention is not counted as work."""
    flop = 2 * (parameters(find_model(work.MODEL).folder) - int(model.head.weight.numel())) * n_tokens
    lines = ["| contexts pass | operations a second | of the matrix-multiply rate |", "|---|---|---|"]
    for kind in ("float32", "bfloat16"):
        rate = PRODUCTS * PRODUCT_ROWS**3 * 2 / times[f"product {kind}"].median
        reached = flop / times[kind].median
        lines.append(f"| {kind} | {reached / 1e9:.0f} G | {reached / rate:.0%} of {rate / 1e9:.0f} G |")
    return lines


def _products(kind: str) -> Callable[[], None]:
    """A second or so of square products, which take turns with the passes."""
    left, right = torch.randn(2, PRODUCT_ROWS, PRODUCT_ROWS, dtype=getattr(torch, kind))

    def multiply() -> None:
        for _ in range(PRODUCTS):
            torch.mm(left, right)

    return multiply


def _peaks() -> list[str]:
    found = {way: _in_fresh_process(way) for way in ("notebook", "ours")}
    return [
        "| contexts, peak memory over the loaded model | notebook's way | ours | ratio |",
        "|---|---|---|---|",
        f"| float32 | {found['notebook'] / 1e6:,.0f} MB | {found['ours'] / 1e6:,.0f} MB "
        f"| {found['notebook'] / found['ours']:.1f} |",
    ]


def _in_fresh_process(way: str) -> int:
    command = [sys.executable, "-m", "benchmarks", "--peak", way]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # our own command
    return int(json.loads(done.stdout.splitlines()[-1]))


def _peak(way: str) -> int:
    contexts = work.contexts()
    ways = work.context_ways(contexts)
    if way == "notebook":
        causal = work.causal_model()
        return timing.peak_over_now(lambda: ways.notebook(causal))
    model = work.loaded()
    return timing.peak_over_now(lambda: ways.ours(model))


if __name__ == "__main__":
    main()

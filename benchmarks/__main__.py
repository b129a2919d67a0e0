"""Every measurement of one run in one table: ``python -m benchmarks``, or ``make bench``.

Ratios are between ways that took turns in this run, on this machine; they are what to compare, not the seconds.
"""

import os
import platform
from collections.abc import Iterator
from pathlib import Path

import torch

from benchmarks import careful, growth, imports, pages, pairs, passes, peaks, sessions, timing

RESULTS = Path(__file__).parent / "results.md"
FLAGS = ("avx2", "avx512f", "avx512_bf16", "amx_bf16", "amx_tile")


def main() -> None:
    """Measure, and print and write each section when it is there: half an hour on 2 cores."""
    parts = ["# Results of `make bench`"]
    for lines in _sections():
        parts.append("\n".join(lines))
        RESULTS.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
        print(parts[-1], end="\n\n", flush=True)


def _sections() -> Iterator[list[str]]:
    yield _machine()
    yield passes.sections()
    yield imports.sections()
    yield pages.sections()
    yield list(careful.sections())
    compared = pairs.measure(lambda items: peaks.in_fresh_process("pairs", items))
    yield pairs.table(compared)
    visits = sessions.measure()
    yield sessions.table(visits)
    yield growth.sections(compared, visits)


def _machine() -> list[str]:
    info = Path("/proc/cpuinfo")
    known = info.read_text(encoding="utf-8").split() if info.exists() else []
    flags = ", ".join(flag for flag in FLAGS if flag in known) or "no known CPU flags"
    return [
        f"{os.cpu_count()} cores, {flags}; {platform.system()}, Python {platform.python_version()}, "
        f"torch {torch.__version__}, {torch.get_num_threads()} threads. Times are medians of {timing.REPEATS} "
        "repetitions (words: 15) taken in turn (shortest–longest)."
    ]


if __name__ == "__main__":
    main()

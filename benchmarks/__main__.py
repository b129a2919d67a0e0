"""Every measurement of one run in one table: ``python -m benchmarks``, or ``make bench``.

Ratios are between ways that took turns in this run, on this machine; they are what to compare, not the seconds.
"""

import os
import platform
from pathlib import Path

import torch

from benchmarks import growth, pages, pairs, passes, peaks, timing

RESULTS = Path(__file__).parent / "results.md"
FLAGS = ("avx2", "avx512f", "avx512_bf16", "amx_bf16", "amx_tile")


def main() -> None:
    """Measure, print, and write the results beside this file."""
    compared = pairs.measure(lambda items: peaks.in_fresh_process("pairs", items))
    sections = (
        _machine(),
        passes.sections(),
        peaks.table(),
        pairs.table(compared),
        pages.sections(),
        growth.sections(compared),
    )
    text = "\n\n".join(["# Results of `make bench`", *("\n".join(section) for section in sections)]) + "\n"
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


if __name__ == "__main__":
    main()

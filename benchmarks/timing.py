"""Repeated, interleaved measurements, and the peak memory of a step."""

import ctypes
import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPEATS = 7
WARM_UPS = 1


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of every repetition, sorted."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """In seconds."""
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        return f"{readable(self.median)} ({readable(self.seconds[0])}–{readable(self.seconds[-1])})"


def readable(seconds: float) -> str:
    """Seconds or milliseconds, three digits."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def interleaved(
    ways: Mapping[str, Callable[[], Any]], repeats: int = REPEATS, warm_ups: int = WARM_UPS
) -> dict[str, Times]:
    """Time several ways in turn, round after round, so that a slow minute of the machine meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for round_number in range(warm_ups + repeats):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            if round_number >= warm_ups:
                taken[name].append(time.perf_counter() - start)
    return {name: Times(tuple(sorted(seconds))) for name, seconds in taken.items()}


def peak_over_now(step: Callable[[], Any], process: int | str = "self") -> int:
    """Bytes that a process, this one unless its number is given, takes in a step beyond what it has; Linux only.

    Of another process it is the least that the step takes: pages that its heap keeps free are used again unseen.
    """
    if process == "self":
        _give_back()
    Path(f"/proc/{process}/clear_refs").write_text("5")  # the peak begins anew
    before = _status(process, "VmRSS")
    step()
    return _status(process, "VmHWM") - before


def _give_back() -> None:
    """Free what is garbage, and return to the system what the heap keeps free.

    A step that freed a dead model, or used the heap's free pages again, would seem to take less than it does.
    """
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)


def _status(process: int | str, name: str) -> int:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise ValueError(name)

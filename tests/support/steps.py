"""How much work something is, counted and not timed: steps of the interpreter, and comparisons of texts."""

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(work: Callable[[], object]) -> int:
    """Instructions of Python that ``work`` carries out; loops inside of built-in functions count as one."""
    count = 0

    def follow(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return follow

    before, collects = sys.gettrace(), gc.isenabled()
    gc.disable()  # what is told of a collection would be counted too
    sys.settrace(follow)
    try:
        work()
    finally:
        sys.settrace(before)
        if collects:
            gc.enable()
    return count


class CountedText(str):
    """A text that counts how often texts of its kind were looked up or compared, also by built-in functions."""

    looks = 0

    def __eq__(self, other: object) -> bool:
        CountedText.looks += 1
        return str.__eq__(self, other)

    def __hash__(self) -> int:
        CountedText.looks += 1
        return str.__hash__(self)


def looks(work: Callable[[], object]) -> int:
    """Comparisons and look-ups of :class:`CountedText` that ``work`` makes."""
    before = CountedText.looks
    work()
    return CountedText.looks - before

"""How much memory is free, for this machine or the container it runs in."""

from pathlib import Path

import psutil

_GROUP = Path("/sys/fs/cgroup")


def free_memory() -> int:
    """Bytes that can still be taken."""
    free = int(psutil.virtual_memory().available)
    try:
        limit = int((_GROUP / "memory.max").read_text())
        used = int((_GROUP / "memory.current").read_text())
        stat = dict(line.split() for line in (_GROUP / "memory.stat").read_text().splitlines())
        left = limit - used + int(stat["inactive_file"])  # cached files give way
    except (OSError, ValueError, KeyError):  # no container, or one without a limit ("max")
        return free
    return max(0, min(free, left))

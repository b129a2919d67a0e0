"""Memory: how much is free, for this machine or the container it runs in, and keeping what was freed."""

import ctypes
from pathlib import Path

import psutil

_GROUP = Path("/sys/fs/cgroup")
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # glibc's malloc.h


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


def keep_freed_memory() -> bool:
    """Let the C library keep up to 256 MB that were freed, for the whole process; whether it could be told so.

    Of itself glibc gives a pass's large blocks back to the system after each product and takes them anew page by page.
    """
    try:
        settings = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):  # another C library, another system
        return False
    return bool(settings(_M_MMAP_THRESHOLD, 32 << 20) and settings(_M_TRIM_THRESHOLD, 256 << 20))

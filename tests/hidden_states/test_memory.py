"""Memory that was freed is kept for the next pass."""

import subprocess
import sys

import pytest

PAGES_TAKEN = """
import resource, numpy as np
from catsel_core.hidden_states.memory import keep_freed_memory
def taken():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(40):
        np.ones(1_500_000)  # 12 MB
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
plain, told, kept = taken(), keep_freed_memory(), taken()
print(plain, kept if told else 0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of glibc")
def test_what_was_freed_is_not_taken_anew() -> None:
    done = subprocess.run([sys.executable, "-c", PAGES_TAKEN], capture_output=True, text=True, check=True)
    plain, kept = map(int, done.stdout.split())
    assert kept < plain / 5

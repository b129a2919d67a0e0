"""The store when the system fails it: no result is thrown away, and nothing half-written stays."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from catsel_core.store import ABANDONED_SECONDS, FolderStore
from tests.test_store import KEY, entry, files, key, never

TOO_MANY_FILES = """
import os, resource, sys
from pathlib import Path
import numpy as np
from catsel_core.store import Entry, FolderStore
import zipfile, numpy.lib.format  # what reading imports, while files can still be opened
store, key = FolderStore(Path(sys.argv[1])), sys.argv[2]
store.get_or_compute(key, lambda: Entry({"a": np.arange(5)}, {}))
assert store.get(key) is not None
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
taken = []
try:
    while True:
        taken.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    pass
missed = store.get(key) is None
again = store.get_or_compute(key, lambda: Entry({"a": np.arange(7)}, {})).arrays["a"].tolist()
for number in taken:
    os.close(number)
found = store.get(key)
print(missed, again == list(range(7)), found is not None and found.arrays["a"].tolist() == list(range(5)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set otherwise")
def test_too_many_open_files_throw_no_result_away(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOO_MANY_FILES, str(tmp_path), KEY], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True", "True"]


@pytest.mark.parametrize("error", [MemoryError(), PermissionError(13, "denied"), OSError(5, "broken disk")])
def test_what_hinders_reading_throws_no_result_away(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FolderStore(tmp_path)
    store.get_or_compute(KEY, entry)

    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(np, "load", fail)
        assert store.get(KEY) is None
    assert store.get_or_compute(KEY, never).values == entry().values


def test_a_forgotten_result_is_gone_and_forgetting_nothing_is_no_error(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.get_or_compute(KEY, entry)
    for _ in range(2):
        store.forget(KEY)
        assert store.get(KEY) is None
    assert files(store) == []


WRITER = """
import sys, threading
from pathlib import Path
import numpy as np
from catsel_core.store import Entry, FolderStore
def write_half(file, **_):
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    threading.Event().wait()
np.savez = write_half
FolderStore(Path(sys.argv[1])).get_or_compute(sys.argv[2], lambda: Entry({"a": np.arange(5)}, {}))
"""


def half_written(store: FolderStore) -> list[Path]:
    return [path for path in store.folder.iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed otherwise")
def test_what_a_killed_writer_left_goes_when_it_is_old_and_what_is_being_written_stays(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), KEY], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    store = FolderStore(tmp_path)
    (left,) = half_written(store)
    store.get_or_compute(key(1), entry)
    assert half_written(store) == [left]  # it may still be written to
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    process.stdout.close()
    store.get_or_compute(key(2), entry)
    assert half_written(store) == [left]
    past = time.time() - ABANDONED_SECONDS - 1
    os.utime(left, (past, past))
    store.get_or_compute(key(3), entry)
    assert half_written(store) == []
    assert len(files(store)) == 3

"""The cache folder of a run of tests: shared by all its processes, with the prepared models of the user's own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock

from catsel_core.settings import VARIABLES, cache_dir, models_dir

ROOT = Path(__file__).resolve().parents[2]

_FOREIGN = {"HF_HUB_CACHE", "HF_ENDPOINT", "HF_TOKEN", *(variable for variable, _ in VARIABLES.values())} - {
    "CATSEL_CACHE"
}
"""What a user has set for the use of catsel; the cache folder is where prepared models are borrowed from."""


def begin() -> "tempfile.TemporaryDirectory[str] | None":
    """Turn the environment to an empty cache, which lasts as long as what is returned, and away from any network.

    A worker of pytest-xdist finds the environment as the run's first process left it, so it has none of its own.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        _share_cores(int(os.environ["PYTEST_XDIST_WORKER_COUNT"]))
        return None
    for variable in _FOREIGN:
        os.environ.pop(variable, None)
    folder = tempfile.TemporaryDirectory(prefix="catsel-tests-", ignore_cleanup_errors=True)
    models = models_dir()
    models.mkdir(parents=True, exist_ok=True)
    (Path(folder.name) / "models").symlink_to(models, target_is_directory=True)
    os.environ["CATSEL_CACHE"] = folder.name
    os.environ["HF_HOME"] = str(Path(folder.name) / "huggingface")
    os.environ["HF_HUB_OFFLINE"] = "1"  # looking something up on a model hub must fail at once
    for variable in [name for name in os.environ if name.startswith("PIP_")]:
        del os.environ[variable]
    os.environ["PIP_CONFIG_FILE"] = os.devnull
    os.environ["PIP_NO_INDEX"] = "1"  # and on a package index too
    return folder


def prepare() -> None:
    """Store what the pages show first, as ``make run`` does: once a run, whichever process comes first."""
    with FileLock(cache_dir() / "prepared.lock"):
        done = cache_dir() / "prepared"
        if done.exists():
            return
        command = [sys.executable, "-m", "catsel_core", "prepare"]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stderr
        done.touch()


def _share_cores(workers: int) -> None:
    """Threads of different processes that wait for one another on the same core take many times as long."""
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // workers)))

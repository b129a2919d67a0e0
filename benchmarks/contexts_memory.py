"""Peak memory of a contexts analysis of a 3 MB text with one word 5,000 times.

Run as ``python -m benchmarks.contexts_memory``.

Two fresh processes: at most 80 occurrences, as on the page, and all of them. The idle process has the model in
memory and has run nothing. Takes some minutes; windows are 5 tokens, since their length does not matter to the peak.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from catsel_core.paths import models_dir

SENTENCE = "the river ran under stone bridges while old men told stories of storms and ships that came home"
IDLE = "from catsel_core import loading, models; loading.load_model(models.find_model())"


def main() -> None:
    """Print the peak of every process and what it is over the idle one."""
    with tempfile.TemporaryDirectory() as folder:
        cache, text = Path(folder), Path(folder) / "text.txt"
        (cache / "models").symlink_to(models_dir(), target_is_directory=True)
        text.write_text(made_text())
        print(f"text: {text.stat().st_size / 1e6:.1f} MB, 5,000 times “lantern”")
        command = ["-m", "catsel_core", "contexts", "--text", str(text), "--targets", "lantern", "--window", "5"]
        out = ["--out", str(cache / "result.json")]
        idle = peak(["-c", IDLE], cache)
        for most in ("80", "all"):
            start = time.perf_counter()
            reached = peak([*command, "--max-per-target", most, *out], cache)
            took = time.perf_counter() - start
            print(f"--max-per-target {most}: peak {reached:,} MB, {reached - idle:,} MB over idle, {took:.0f} s")


def made_text() -> str:
    """600,000 words by a fixed seed, 5,000 of them “lantern”."""
    rng = np.random.default_rng(1)
    words = rng.choice(SENTENCE.split(), 600_000)
    words[1000 + rng.choice(590_000, 5000, replace=False)] = "lantern"
    return " ".join(words)


def peak(arguments: list[str], cache: Path) -> int:
    """Peak resident memory of a fresh interpreter, in MB."""
    environment = {**os.environ, "CATSEL_CACHE": str(cache)}
    process = subprocess.Popen([sys.executable, *arguments], env=environment)  # noqa: S603  # our own command
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{arguments} failed")
    unit = 1_000_000 if sys.platform == "darwin" else 1000
    return int(usage.ru_maxrss / unit)


if __name__ == "__main__":
    main()

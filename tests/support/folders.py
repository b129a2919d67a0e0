"""A small made-up model folder, and ways to damage it."""

import shutil
import subprocess
from pathlib import Path

CONTENT = {"config.json": b'{"num_hidden_layers": 2}', "model.safetensors": b"w" * 100, "tokenizer.json": b"{}"}


def fill(folder: Path) -> None:
    for name, data in CONTENT.items():
        (folder / name).write_bytes(data)


def alter(folder: Path) -> None:
    (folder / "config.json").write_bytes(CONTENT["config.json"].replace(b"2", b"3"))


def can_mount() -> bool:
    """Whether a disk of a chosen size can be mounted by a process of its own."""
    asked = ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return bool(shutil.which("unshare")) and not subprocess.run(asked, capture_output=True, check=False).returncode

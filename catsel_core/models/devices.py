"""Where models run: ``CATSEL_DEVICE`` is ``auto`` (default), ``cpu``, ``cuda`` or ``mps``."""

import functools
import os
import platform
import shutil
from pathlib import Path
from typing import Literal, get_args

from catsel_core.errors import ModelError

Device = Literal["cpu", "cuda", "mps"]

VARIABLE = "CATSEL_DEVICE"


def chosen_device() -> Device:
    """The device that results are computed on, and keyed by.

    torch is asked only where an accelerator is likely, so that a plain machine shows stored results without it.

    Raises:
        ModelError: if the variable names no device, or one that this machine has not.
    """
    chosen = os.environ.get(VARIABLE) or "auto"
    if chosen == "auto":
        return _found()
    for device in get_args(Device):
        if chosen == device:
            return _checked(device)
    raise ModelError(f"{VARIABLE} must be one of {('auto', *get_args(Device))}; got {chosen!r}.")


@functools.cache
def _found() -> Device:
    if shutil.which("nvidia-smi") or Path("/proc/driver/nvidia").exists():
        return "cuda" if _is_available("cuda") else "cpu"
    if (platform.system(), platform.machine()) == ("Darwin", "arm64"):
        return "mps" if _is_available("mps") else "cpu"
    return "cpu"


@functools.cache
def _checked(device: Device) -> Device:
    if device != "cpu" and not _is_available(device):
        raise ModelError(f"{VARIABLE} is “{device}”, but torch finds no such device here. Set it to auto or cpu.")
    return device


def _is_available(device: Device) -> bool:
    import torch

    return bool(torch.cuda.is_available() if device == "cuda" else torch.backends.mps.is_available())

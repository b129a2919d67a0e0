"""Where models run: on the device that the settings name, or on the one that is found."""

import functools
import platform
import shutil
from pathlib import Path
from typing import Literal

from catsel_core.errors import ModelError
from catsel_core.language import tr
from catsel_core.settings import current_settings

Device = Literal["cpu", "cuda", "mps"]


def chosen_device() -> Device:
    """The device that results are computed on, and keyed by.

    torch is asked only where an accelerator is likely, so that a plain machine shows stored results without it.

    Raises:
        ModelError: if the settings name one that this machine has not.
    """
    chosen = current_settings().device
    return _found() if chosen == "auto" else _checked(chosen)


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
        raise ModelError(
            tr(
                "CATSEL_DEVICE is “{device}”, but torch finds no such device here. Set it to auto or cpu.",
                device=device,
            )
        )
    return device


def _is_available(device: Device) -> bool:
    import torch

    return bool(torch.cuda.is_available() if device == "cuda" else torch.backends.mps.is_available())

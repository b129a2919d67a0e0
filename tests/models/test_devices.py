"""Where models run: what the variable may say, what is found without it, and that results know."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest

from catsel_core.analyses.words import WordRequest, analyse_words, word_inputs
from catsel_core.errors import ModelError, SettingsError
from catsel_core.export.results import words_json
from catsel_core.hidden_states.stored_activations import activations_key
from catsel_core.models import devices
from catsel_core.models.devices import Device, chosen_device
from catsel_core.models.find import find_model
from catsel_core.store import FolderStore
from tests.support.core_fixtures import word_list
from tests.support.tiny import llama_folder, loaded

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "CATSEL_DEVICE"
WORDS = word_list(fruit="apple pear", space="moon star")


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is chosen, and what was found out about this machine is found out again."""
    monkeypatch.delenv(VARIABLE, raising=False)
    caches = devices._found, devices._checked
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


def platform(system: str, processor: str) -> SimpleNamespace:
    return SimpleNamespace(system=lambda: system, machine=lambda: processor)


def machine(
    monkeypatch: pytest.MonkeyPatch, *, driver: bool = False, apple: bool = False, works: bool = True
) -> list[str]:
    """An imitated machine; what torch is asked for comes in the list."""
    asked: list[str] = []

    def is_available(device: Device) -> bool:
        asked.append(device)
        return works and (apple if device == "mps" else driver)

    monkeypatch.setattr(devices, "shutil", SimpleNamespace(which=lambda _: "/usr/bin/nvidia-smi" if driver else None))
    monkeypatch.setattr(devices, "Path", lambda _: Path("/no/such/driver"))
    monkeypatch.setattr(devices, "platform", platform("Darwin", "arm64") if apple else platform("Linux", "x86_64"))
    monkeypatch.setattr(devices, "_is_available", is_available)
    return asked


@pytest.mark.parametrize("chosen", ["auto", "", None])
@pytest.mark.parametrize(
    ("kind", "expected", "questions"),
    [
        ({}, "cpu", []),
        ({"driver": True}, "cuda", ["cuda"]),
        ({"driver": True, "works": False}, "cpu", ["cuda"]),
        ({"apple": True}, "mps", ["mps"]),
        ({"apple": True, "works": False}, "cpu", ["mps"]),
    ],
)
def test_what_is_found(
    kind: dict[str, bool],
    expected: Device,
    questions: list[str],
    chosen: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = machine(monkeypatch, **kind)
    if chosen is not None:
        monkeypatch.setenv(VARIABLE, chosen)
    assert [chosen_device(), chosen_device()] == [expected, expected]
    assert asked == questions  # once


def test_a_driver_is_found_by_its_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch)
    seen: list[str] = []

    def path(name: str) -> Path:
        seen.append(name)
        return tmp_path

    monkeypatch.setattr(devices, "Path", path)
    monkeypatch.setattr(devices, "_is_available", lambda device: device == "cuda")
    assert chosen_device() == "cuda"
    assert seen == ["/proc/driver/nvidia"]


def test_an_intel_mac_is_not_asked_for_an_accelerator(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = machine(monkeypatch, apple=True)
    monkeypatch.setattr(devices, "platform", platform("Darwin", "x86_64"))
    assert chosen_device() == "cpu"
    assert asked == []


@pytest.mark.parametrize("device", get_args(Device))
def test_the_device_that_is_asked_for(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, driver=True, apple=True)
    monkeypatch.setenv(VARIABLE, device)
    assert chosen_device() == device


def test_the_cpu_is_there_whatever_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = machine(monkeypatch, driver=True)
    assert chosen_device() == "cuda"
    monkeypatch.setenv(VARIABLE, "cpu")
    assert chosen_device() == "cpu"
    assert asked == ["cuda"]


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_device_that_is_not_there(device: str, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, driver=True, apple=True, works=False)
    monkeypatch.setenv(VARIABLE, device)
    for _ in range(2):
        with pytest.raises(ModelError) as caught:
            chosen_device()
        assert str(caught.value) == (
            f"CATSEL_DEVICE is “{device}”, but torch finds no such device here. Set it to auto or cpu."
        )
    with pytest.raises(ModelError, match="torch finds no such device"):
        find_model(str(llama_folder()))
    monkeypatch.setenv(VARIABLE, "auto")
    assert chosen_device() == "cpu"


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_this_machine_is_asked_about_its_devices(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any imitation: what torch says is what counts."""
    import torch

    there = torch.cuda.is_available() if device == "cuda" else torch.backends.mps.is_available()
    monkeypatch.setenv(VARIABLE, device)
    if there:
        assert chosen_device() == device
    else:
        with pytest.raises(ModelError, match=f"“{device}”, but torch finds no such device"):
            chosen_device()


@pytest.mark.parametrize("chosen", ["gpu", "CUDA", "cuda:1", " cpu", "0", "none"])
def test_a_device_that_does_not_exist(chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, chosen)
    with pytest.raises(SettingsError) as caught:
        find_model(str(llama_folder()))
    assert str(caught.value) == f"CATSEL_DEVICE must be one of ('auto', 'cpu', 'cuda', 'mps'); got {chosen!r}."


IMPORTS = """
import sys
from pathlib import Path
from types import SimpleNamespace
from catsel_core.models import devices
from catsel_core.models.find import find_model
devices.shutil = SimpleNamespace(which=lambda _: None)
devices.platform = SimpleNamespace(system=lambda: "Linux", machine=lambda: "x86_64")
devices.Path = lambda _: Path("/no/such/driver")
print(devices.chosen_device(), find_model(sys.argv[1]).device, "torch" in sys.modules)
"""
"""On a machine without a driver, whatever this one has."""


@pytest.mark.parametrize("chosen", ["auto", "cpu", ""])
def test_a_plain_machine_never_imports_torch(chosen: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS, str(llama_folder())],
        env=os.environ | {VARIABLE: chosen},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("cpu cpu False\n", "")


def test_a_found_model_carries_its_device(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch)
    assert find_model(str(llama_folder())).device == "cpu"
    machine(monkeypatch, driver=True)
    monkeypatch.setenv(VARIABLE, "cuda")
    made = find_model(str(llama_folder()), precision="bfloat16")
    assert made.device == "cuda"
    assert made.identity == {
        "name": "tiny-llama",
        "revision": find_model(str(llama_folder())).revision,
        "precision": "bfloat16",
        "device": "cuda",
    }


def test_results_of_another_device_have_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "cpu")
    model, inputs = word_inputs(WordRequest(WORDS, model=str(llama_folder())))
    for what in ("activations", "vectors"):
        keys = {activations_key(inputs, replace(model, device=device), what) for device in get_args(Device)}
        assert len(keys) == 3
        assert activations_key(inputs, model, what) in keys
    assert activations_key(inputs, model) == activations_key(inputs, replace(model, folder=Path("/elsewhere")))


def test_what_was_computed_elsewhere_is_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The devices are only named here: the same tiny model does all the work."""
    machine(monkeypatch, driver=True)
    runs: list[str] = []
    for device in ("cpu", "cuda", "cpu", "cuda"):
        monkeypatch.setenv(VARIABLE, device)
        analysis = analyse_words(
            WordRequest(WORDS, model=str(llama_folder())),
            FolderStore(tmp_path),
            lambda model: runs.append(model.device) or loaded(llama_folder()),  # type: ignore[func-returns-value]
        )
        assert analysis.model.device == device
        assert words_json(analysis)["model"]["device"] == device
    assert runs == ["cpu", "cuda"]

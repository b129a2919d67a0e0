"""Models on disk: found by name, folder and content; finding them writes nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from catsel_core.errors import ModelError, NotPreparedError
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.models.catalogue import BUNDLED
from catsel_core.models.find import find_model, tokenizer_of
from catsel_core.models.spec import ModelSpec, layer_labels
from tests.support.tiny import N_BLOCKS, gpt2_folder, llama_folder, older_folder, spec_of


def copy_of(folder: Path, target: Path) -> Path:
    return Path(shutil.copytree(folder, target))


def test_finding_the_bundled_model_prepares_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path))
    with pytest.raises(NotPreparedError, match=r"is not prepared on this computer yet\. Run: python -m catsel_core"):
        find_model()
    assert list(tmp_path.iterdir()) == []


def test_an_older_tokenizer_is_not_converted_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "cache"))
    folder = copy_of(older_folder(), tmp_path / "older")
    with pytest.raises(NotPreparedError, match="is of an older kind and is not converted yet") as caught:
        tokenizer_of(find_model(str(folder)))
    assert str(folder) in str(caught.value)
    assert not (tmp_path / "cache").exists()


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


@pytest.mark.parametrize("reference", ["~nosuchuser/x", "a" * 5000, "a\0b", "no/such"])
def test_names_that_are_no_folder_are_refused_in_words(reference: str) -> None:
    with pytest.raises(ModelError, match=r"There is no model|is neither a folder"):
        find_model(reference)


def test_truncation_and_padding_of_the_file_are_not_used(tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    folder = copy_of(llama_folder(), tmp_path / "model")
    inner = Tokenizer.from_file(str(folder / "tokenizer.json"))
    inner.enable_truncation(2)
    inner.enable_padding(length=6)
    inner.save(str(folder / "tokenizer.json"))
    text = "The next word is moon"
    assert TextTokenizer.from_folder(folder).encode([text]) == TextTokenizer.from_folder(llama_folder()).encode([text])

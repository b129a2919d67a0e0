"""Models in bfloat16: what is read, what does not fit, and what cannot run."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.errors import ModelError
from catsel_core.hidden_states import load as loading
from catsel_core.hidden_states.linear_layers import LinearLayer
from catsel_core.hidden_states.load import load_model, parameters
from catsel_core.models.find import find_model
from catsel_core.models.spec import Precision
from catsel_core.store import FolderStore
from tests.support.precisions import FOLDERS, PRECISIONS, WORDS, load, words
from tests.support.tiny import architecture_folder, llama_folder


@pytest.mark.parametrize("used", PRECISIONS)
@pytest.mark.parametrize("name", FOLDERS)
def test_models_are_read_in_their_precision(name: str, used: Precision) -> None:
    import torch

    made = load(find_model(str(FOLDERS[name]()), precision=used))
    wanted = getattr(torch, used)
    products = [module.weight for module in made.base.modules() if isinstance(module, LinearLayer)]
    assert len(products) >= 2 * made.base.config.num_hidden_layers
    embedding, head = made.base.get_input_embeddings().weight, made.head.weight
    assert {weight.dtype for weight in (*products, embedding, head)} == {wanted}
    others = [parameter for parameter in made.base.parameters() if parameter is not embedding]
    assert {parameter.dtype for parameter in others} == {torch.float32}  # norms; the residual stream is too
    assert made.dtype == torch.float32
    assert not made.base.training


@pytest.mark.parametrize("name", ["gpt_neox", "qwen3", "opt", "opt-350m", "gpt_neo", "openai-gpt"])
def test_other_architectures_run_in_bfloat16(name: str, tmp_path: Path) -> None:
    analysis = words(FolderStore(tmp_path), model=str(architecture_folder(name)))
    assert analysis.deviation is not None
    assert 0 < analysis.deviation.largest < 0.3
    assert np.isfinite(analysis.similarity).all()


@pytest.mark.parametrize("used", PRECISIONS)
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("bert", "looks ahead: a word's hidden state depends on what follows it|does not predict from its last"),
        ("roberta decoder", "does not predict from its last hidden state alone"),
    ],
)
def test_models_of_another_kind_are_refused_in_words(name: str, reason: str, used: Precision, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        words(FolderStore(tmp_path), used, model=str(architecture_folder(name)))
    assert re.match(f"tiny-{name} ({reason})", str(caught.value))
    assert re.search(r"\. Choose [^.]+\.$", str(caught.value))
    assert not list(tmp_path.glob("*.npz"))


def test_mamba_runs_in_float32_and_says_why_not_in_bfloat16(tmp_path: Path) -> None:
    """What transformers falls back to without its own kernels mixes number formats."""
    folder = str(architecture_folder("mamba"))
    assert words(FolderStore(tmp_path), "float32", model=folder).deviation is None
    with pytest.raises(ModelError, match=r"^tiny-mamba does not run like other language models: .+\. Choose another"):
        words(FolderStore(tmp_path), model=folder)


@pytest.mark.parametrize(("used", "size"), [("float32", 4), ("bfloat16", 2)])
def test_what_does_not_fit_into_memory_is_refused(
    used: Precision, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = find_model(str(llama_folder()), precision=used)
    needed = parameters(spec.folder) * size + loading._SPARE_BYTES
    monkeypatch.setattr(loading, "free_memory", lambda: needed - 1)
    with pytest.raises(ModelError) as caught:
        load_model(spec)
    assert re.fullmatch(
        rf"tiny-llama needs about 0\.3 GB of memory in {used}, and 0\.3 GB are free\. "
        r"Close other programs, choose a smaller model, or bfloat16, which needs half\.",
        str(caught.value),
    )
    with pytest.raises(ModelError, match=f"GB of memory in {used}"):
        analyse_words(WordRequest(WORDS, model=str(llama_folder()), precision=used), FolderStore(tmp_path), load_model)
    assert not list(tmp_path.glob("*.npz"))
    monkeypatch.setattr(loading, "free_memory", lambda: needed)
    assert load_model(spec).width == 16


def test_too_little_memory_is_said_in_gigabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "free_memory", lambda: 1_260_000_000)
    monkeypatch.setattr(loading, "parameters", lambda _: 1_557_611_200)
    spec = find_model(str(llama_folder()))
    with pytest.raises(ModelError, match=r"needs about 6\.5 GB of memory in float32, and 1\.3 GB are free\."):
        load_model(spec)
    with pytest.raises(ModelError, match=r"needs about 3\.4 GB of memory in bfloat16, and 1\.3 GB are free\."):
        load_model(replace(spec, precision="bfloat16"))


def test_parameters_are_counted_without_weights(tmp_path: Path) -> None:
    from transformers import AutoModelForCausalLM

    for name in ("llama", "gpt2", "opt-350m", "mamba"):
        folder = architecture_folder(name)
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_bytes((folder / "config.json").read_bytes())
        causal = AutoModelForCausalLM.from_pretrained(folder)
        assert parameters(tmp_path / name) == sum(each.numel() for each in causal.parameters())

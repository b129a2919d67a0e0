"""GPT-2 at its full size, with random weights and a vocabulary as its own is."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from catsel_core.analyses.contexts import ContextRequest, analyse_contexts
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.load import parameters
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.texts import pasted_text
from catsel_core.models.catalogue import CATALOGUE, GPT2
from catsel_core.models.find import find_model, tokenizer_of
from catsel_core.store import FolderStore, Store

REAL = Path(__file__).resolve().parents[3] / "shared" / "gpt2_tokenizer"
VOCABULARIES = ("made", "real") if REAL.is_dir() else ("made",)

pytestmark = pytest.mark.slow

TARGETS = ("years", "garage", "lawn")
STORY = " ".join(f"For {n} years the garage stood beside the lawn, and nobody mowed the lawn." for n in range(12))
PROMPT = "The next word is galaxy"
SPLIT = ["The", " next", " word", " is", " galaxy"]


@pytest.fixture(scope="module", params=VOCABULARIES)
def vocabulary(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a vocabulary and merges: made of a few texts, and GPT-2's own where it lies beside the project."""
    if request.param == "real":
        return REAL
    made = tmp_path_factory.mktemp("vocabulary")
    save_vocabulary([STORY, PROMPT, " ".join(f" {word}" for _, word in BOOK.words.labelled_words())], made)
    return made


def save_vocabulary(texts: Sequence[str], folder: Path) -> None:
    """As GPT-2's own: bytes, and merges until every word of the texts is one token."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=50_000, min_frequency=1, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.model.save(str(folder))


@pytest.fixture(scope="module")
def folder(vocabulary: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder as old models have it: a vocabulary and merges instead of one tokenizer file."""
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    made = tmp_path_factory.mktemp("gpt2") / "gpt2"
    torch.manual_seed(25)
    GPT2LMHeadModel(GPT2Config()).save_pretrained(made)
    for name in ("vocab.json", "merges.txt"):
        shutil.copy(vocabulary / name, made)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return FolderStore(tmp_path)


def ids_of(vocabulary: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads((vocabulary / "vocab.json").read_text(encoding="utf-8"))
    return found


def test_it_is_as_large_as_the_catalogue_says(folder: Path) -> None:
    entry = next(entry for entry in CATALOGUE if entry.reference == GPT2)
    spec = find_model(str(folder))
    assert (spec.n_blocks, parameters(folder), spec.max_tokens) == (entry.n_blocks, entry.parameters, 1024)
    assert model_cache.load(spec).width == entry.width


def test_the_vocabulary_splits_as_gpt2_does(folder: Path, vocabulary: Path) -> None:
    tokenizer = tokenizer_of(find_model(str(folder)))
    (encoding,) = tokenizer.encode([PROMPT])
    assert [tokenizer.piece(token) for token in encoding.ids] == SPLIT
    assert encoding.ids == tuple(ids_of(vocabulary)[piece.replace(" ", "Ġ")] for piece in SPLIT)
    if vocabulary == REAL:
        assert encoding.ids == (464, 1306, 1573, 318, 16161)
    assert tokenizer.opening == ()


def test_words_of_the_book(folder: Path, store: Store) -> None:
    analysis = analyse_words(WordRequest(BOOK.words, model=str(folder)), store)
    assert analysis.activations.vectors.shape == (13, len(analysis.inputs.items), 768)
    assert analysis.model.layers == ("Emb", *(f"L{block}" for block in range(12)))
    for item in analysis.inputs.items:
        assert "".join(item.pieces) == f" {item.label}"
        assert item.target[1] == len(item.token_ids)
    assert np.isfinite(analysis.statistics.t).all()


def test_words_equal_a_plain_pass(folder: Path, store: Store) -> None:
    import torch

    analysis = analyse_words(WordRequest(BOOK.words, model=str(folder)), store)
    model = model_cache.load(analysis.model)
    for at in (0, 17, 33):
        item = analysis.inputs.items[at]
        with torch.inference_mode():
            out = model.base(input_ids=torch.tensor([item.token_ids]), output_hidden_states=True)
        plain = torch.stack(out.hidden_states)[:, 0, -1].numpy()
        error = np.linalg.norm(analysis.activations.vectors[:, at] - plain, axis=1) / np.linalg.norm(plain, axis=1)
        assert error.max() < 1e-5


def test_words_in_a_text(folder: Path, vocabulary: Path, store: Store) -> None:
    windows = WindowChoice(window=20, most=5)
    request = ContextRequest(pasted_text(STORY), TARGETS, windows, model=str(folder))
    analysis = analyse_contexts(request, store)
    counts = [len(found.lasts) for found in analysis.located.occurrences]
    assert counts == [12, 12, 24]
    assert {item.token_ids[-1] for item in analysis.inputs.items} == {
        ids_of(vocabulary)[f"Ġ{word}"] for word in TARGETS
    }
    assert analysis.similarity.shape == (13, 15, 15)
    same = analysis.similarity[0][:5, :5]
    assert np.allclose(same, 1, atol=1e-5)  # word and position are all that the embedding knows

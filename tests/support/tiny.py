"""Tiny random language models on disk, with a real byte-level tokenizer; made once a test session."""

import atexit
import functools
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from catsel_core.hidden_states.load import LoadedModel, load_model
from catsel_core.hidden_states.weigh import check_weight
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.models.catalogue import CATALOGUE, GPT2
from catsel_core.models.fetch import fetch_model
from catsel_core.models.find import find_model
from catsel_core.models.spec import ModelSpec
from tests.support.hub_server import HubServer

N_BLOCKS = 3
WIDTH = 16
BEGIN = "<s>"

SINGLE = ("apple", "pear", "grape", "chair", "table", "lamp", "moon", "star", "comet", "word")
"""Words that are one token behind a space."""

SEVERAL = ("asteroid", "wardrobe", "blackcurrant", "ice cream", "übergroß")
"""Words of several tokens."""

_TEXT = [f"The next word is {word} and the {word} is a word. I like the {word}, the {word}." for word in SINGLE] * 20


_SIZES = {"hidden_size": WIDTH, "num_hidden_layers": N_BLOCKS, "num_attention_heads": 4}
_NEO = {"hidden_size": WIDTH, "num_layers": N_BLOCKS, "num_heads": 4}
_GROUPED = {**_SIZES, "intermediate_size": 32, "num_key_value_heads": 2}

ARCHITECTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "gpt2": ("gpt2", {"n_embd": WIDTH, "n_layer": N_BLOCKS, "n_head": 4}),
    "gpt_neox": ("gpt_neox", {**_SIZES, "intermediate_size": 32, "use_parallel_residual": True}),
    "llama": ("llama", _GROUPED),
    "qwen2": ("qwen2", _GROUPED),
    "qwen3": ("qwen3", {**_GROUPED, "head_dim": 8}),
    "opt": ("opt", {**_SIZES, "ffn_dim": 32, "word_embed_proj_dim": WIDTH}),
    "opt-350m": ("opt", {**_SIZES, "ffn_dim": 32, "word_embed_proj_dim": 8, "do_layer_norm_before": False}),
    "gpt_neo": ("gpt_neo", {**_NEO, "attention_types": [[["global", "local", "global"], 1]], "window_size": 4}),
    "openai-gpt": ("openai-gpt", {"n_embd": WIDTH, "n_layer": N_BLOCKS, "n_head": 4, "n_positions": 64}),
    "mamba": ("mamba", {"hidden_size": WIDTH, "num_hidden_layers": N_BLOCKS, "state_size": 4}),
    "bert": ("bert", {**_SIZES, "intermediate_size": 32}),
    "roberta decoder": ("roberta", {**_SIZES, "intermediate_size": 32, "is_decoder": True}),
}
"""Kinds of models by name: what transformers calls them, and their settings."""


@functools.lru_cache(maxsize=len(ARCHITECTURES))
def architecture_folder(name: str) -> Path:
    """A model of :data:`ARCHITECTURES` with random weights, biases and norms; its tokenizer adds nothing to a text."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    kind, settings = ARCHITECTURES[name]
    folder = new_folder(f"tiny-{name}")
    vocabulary = _save_tokenizer(folder, begin=False)
    torch.manual_seed(3)
    config = AutoConfig.for_model(kind, vocab_size=vocabulary, max_position_embeddings=64, **settings)
    causal = AutoModelForCausalLM.from_config(config)
    with torch.no_grad():
        for parameter in causal.parameters():
            parameter.add_(0.3 * torch.randn_like(parameter))
    causal.save_pretrained(folder)
    return folder


@functools.lru_cache(maxsize=1)
def llama_folder() -> Path:
    """A Llama of three blocks; its tokenizer adds nothing to a text."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    folder = new_folder("tiny-llama")
    vocabulary = _save_tokenizer(folder, begin=False)
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=WIDTH,
        intermediate_size=32,
        num_hidden_layers=N_BLOCKS,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=128,
        initializer_range=0.4,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


@functools.lru_cache(maxsize=2)
def gpt2_folder(max_tokens: int = 64) -> Path:
    """A GPT-2 of three blocks (tied head, learned positions); its tokenizer begins every text with ``<s>``."""
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    folder = new_folder("tiny-gpt2")
    vocabulary = _save_tokenizer(folder, begin=True)
    torch.manual_seed(2)
    config = GPT2Config(
        vocab_size=vocabulary,
        n_positions=max_tokens,
        n_embd=WIDTH,
        n_layer=N_BLOCKS,
        n_head=2,
        initializer_range=0.3,
        bos_token_id=0,
        eos_token_id=0,
    )
    GPT2LMHeadModel(config).save_pretrained(folder)
    return folder


def book_model_home(folder: Path) -> Path:
    """A ``HF_HOME`` in which the tiny GPT-2 stands for the book's model, which catsel uses wherever it is there."""
    entry = next(entry for entry in CATALOGUE if entry.reference == GPT2)
    assert entry.revision
    hub = HubServer()
    hub.add(GPT2, gpt2_folder(max_tokens=512), commit=entry.revision)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HF_HOME", str(folder))
            patch.setenv("HF_ENDPOINT", hub.address)
            patch.setenv("HF_HUB_OFFLINE", "0")
            fetch_model(GPT2, check_weight)
    finally:
        hub.stop()
    return folder


@functools.lru_cache(maxsize=1)
def older_folder() -> Path:
    """The same GPT-2 as older programs saved it: its vocabulary in two files, and no ``tokenizer.json``."""
    from tokenizers import Tokenizer

    folder = new_folder("tiny-older")
    shutil.copytree(gpt2_folder(), folder, dirs_exist_ok=True)
    Tokenizer.from_file(str(folder / "tokenizer.json")).model.save(str(folder))
    (folder / "tokenizer.json").unlink()
    return folder


@functools.lru_cache(maxsize=16)
def spec_of(folder: Path) -> ModelSpec:
    """The found model of a folder."""
    return find_model(str(folder))


@functools.lru_cache(maxsize=16)
def loaded(folder: Path) -> LoadedModel:
    """The loaded model of a folder, loaded once."""
    return load_model(spec_of(folder))


def tokenizer(folder: Path) -> TextTokenizer:
    """The tokenizer of a folder."""
    return TextTokenizer.from_folder(folder)


def new_folder(name: str) -> Path:
    """An empty folder of that name, gone when the tests end."""
    parent = Path(tempfile.mkdtemp(prefix="catsel-test-"))
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    folder = parent / name
    folder.mkdir()
    return folder


def _save_tokenizer(folder: Path, begin: bool) -> int:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=360,
        special_tokens=[BEGIN],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(_TEXT, trainer)
    if begin:
        made.post_processor = processors.TemplateProcessing(single=f"{BEGIN} $A", special_tokens=[(BEGIN, 0)])
    made.save(str(folder / "tokenizer.json"))
    return int(made.get_vocab_size())

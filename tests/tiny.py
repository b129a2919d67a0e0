"""Tiny random language models on disk, with a real byte-level tokenizer; made once a test session."""

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

from catsel_core.loading import LoadedModel, load_model
from catsel_core.models import ModelSpec, find_model
from catsel_core.tokens import TextTokenizer

N_BLOCKS = 3
WIDTH = 16
BEGIN = "<s>"

SINGLE = ("apple", "pear", "grape", "chair", "table", "lamp", "moon", "star", "comet", "word")
"""Words that are one token behind a space."""

SEVERAL = ("asteroid", "wardrobe", "blackcurrant", "ice cream", "übergroß")
"""Words of several tokens."""

_TEXT = [f"The next word is {word} and the {word} is a word. I like the {word}, the {word}." for word in SINGLE] * 20


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


@functools.lru_cache(maxsize=1)
def gpt2_folder() -> Path:
    """A GPT-2 of three blocks (tied head, learned positions); its tokenizer begins every text with ``<s>``."""
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    folder = new_folder("tiny-gpt2")
    vocabulary = _save_tokenizer(folder, begin=True)
    torch.manual_seed(2)
    config = GPT2Config(
        vocab_size=vocabulary,
        n_positions=64,
        n_embd=WIDTH,
        n_layer=N_BLOCKS,
        n_head=2,
        initializer_range=0.3,
        bos_token_id=0,
        eos_token_id=0,
    )
    GPT2LMHeadModel(config).save_pretrained(folder)
    return folder


@functools.lru_cache(maxsize=2)
def spec_of(folder: Path) -> ModelSpec:
    """The found model of a folder."""
    return find_model(str(folder))


@functools.lru_cache(maxsize=2)
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

"""What is measured: the book's words and 82 contexts of 51 tokens, the notebook's way and ours."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks import notebook_way
from catsel_core.analyses.contexts import ContextRequest, locate
from catsel_core.analyses.words import WordRequest, word_inputs
from catsel_core.arrays import FloatArray
from catsel_core.hidden_states.extraction import Activations, compute_activations
from catsel_core.hidden_states.load import LoadedModel, load_model
from catsel_core.hidden_states.prepare import ready_model
from catsel_core.inputs.builtin_texts import builtin_text
from catsel_core.inputs.items import InputSet
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.windows import window_items
from catsel_core.models.find import tokenizer_of
from catsel_core.models.spec import Precision
from catsel_core.statistics.pairs import book_statistics, pair_groups
from catsel_core.statistics.similarity import cosine_matrices

MODEL = "bundled"
TARGETS = ("object", "class", "function")
CONTEXTS, BEFORE = 82, 50


def words() -> InputSet:
    """The book's words in the book's prompt, those of one token: all prompts have the same length."""
    return word_inputs(WordRequest(model=MODEL, pooling="drop"))[1]


def contexts(count: int = CONTEXTS, before: int = BEFORE) -> InputSet:
    """Occurrences with the tokens before them, about as many of every word as of the others."""
    windows = WindowChoice(window=before, most=-(-count // len(TARGETS)))
    request = ContextRequest(builtin_text(), TARGETS, windows, model=MODEL)
    located = locate(request)
    items = window_items(
        located.corpus, located.occurrences, request.windows, request.pooling, tokenizer_of(located.model)
    ).items
    return InputSet(items[:count], (), "last")


def causal_model() -> Any:
    """The model as the notebook loads it."""
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()
    folder = str(ready_model(MODEL).folder)
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, local_files_only=True).eval()


def loaded(precision: Precision = "float32") -> LoadedModel:
    """The model as we load it."""
    return load_model(ready_model(MODEL, precision=precision))


def cut(model: LoadedModel, blocks: int) -> LoadedModel:
    """The model with its first blocks only; it shares their weights."""
    base = copy.copy(model.base)
    base._modules = {**base._modules, "layers": base.layers[:blocks]}
    base.config = copy.copy(base.config)
    base.config.num_hidden_layers = blocks
    return replace(model, base=base, n_layers=blocks + 1)


@dataclass(frozen=True, slots=True)
class Ways:
    """One piece of work, done in the notebook's way and in ours."""

    notebook: Callable[[Any], Any]
    ours: Callable[[LoadedModel], Activations]


def word_ways(inputs: InputSet) -> Ways:
    """Hidden states and next tokens of the words."""

    def notebook(causal: Any) -> Any:
        return notebook_way.next_tokens(notebook_way.forward(causal, inputs.items))

    return Ways(notebook, lambda model: compute_activations(inputs, model))


def context_ways(inputs: InputSet) -> Ways:
    """Contexts to the statistics of every layer."""

    def notebook(causal: Any) -> Any:
        outputs = notebook_way.forward(causal, inputs.items)
        return notebook_way.laminar_profile(outputs, inputs.labels)

    def ours(model: LoadedModel) -> Activations:
        made = compute_activations(inputs, model, targets_only=True)
        book_statistics(cosine_matrices(made.vectors), pair_groups(inputs.labels))
        return made

    return Ways(notebook, ours)


def largest_difference(one: FloatArray, other: FloatArray) -> float:
    """Of any cosine at any layer, between two (layer, item, hidden)."""
    return float(np.abs(cosine_matrices(one) - cosine_matrices(other)).max())

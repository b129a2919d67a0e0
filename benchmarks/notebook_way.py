"""The same questions answered as the notebook answers them: what catsel is measured against.

A full causal language model with the logits of every token, the hidden states of every token at every layer kept to
the end, and then a Python loop over the layers: unit vectors, one full matrix, the pairs by a mask, scipy's t-test.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import ttest_ind

from catsel_core.inputs.items import Item


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """(layer,) means of within- and across-group cosines, and Student's t between them."""

    within: NDArray[np.float64]
    across: NDArray[np.float64]
    t: NDArray[np.float64]


def forward(causal: Any, items: Sequence[Item]) -> Any:
    """One pass over all prompts at once, which must have the same number of tokens."""
    batch = torch.tensor([item.token_ids for item in items])  # (item, token)
    with torch.no_grad():
        return causal(batch, output_hidden_states=True)


def next_tokens(outputs: Any) -> NDArray[np.int64]:
    """(item,) the most likely token after each prompt."""
    found: NDArray[np.int64] = outputs.logits[:, -1].argmax(-1).numpy()
    return found


def laminar_profile(outputs: Any, labels: Sequence[str]) -> Profile:
    """The statistics of every layer, at the last token of every prompt."""
    names = list(dict.fromkeys(labels))
    codes = np.array([names.index(label) for label in labels])
    upper = np.triu(np.ones((len(codes), len(codes)), bool), 1)
    same = codes[:, None] == codes[None, :]
    metrics = np.zeros((3, len(outputs.hidden_states)))
    for layer, hidden in enumerate(outputs.hidden_states):
        states = hidden[:, -1, :].numpy()  # (item, hidden)
        states = states / np.linalg.norm(states, axis=1, keepdims=True)
        similarity = states @ states.T
        within, across = similarity[upper & same], similarity[upper & ~same]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # at the embedding all contexts of a word are the same
            t = ttest_ind(within, across).statistic
        metrics[:, layer] = within.mean(), across.mean(), t
    return Profile(*metrics)

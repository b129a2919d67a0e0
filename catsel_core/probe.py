"""Whether a loaded model computes what catsel takes for granted: found out with three tokens, in milliseconds."""

import copy
from dataclasses import dataclass
from typing import Any

from catsel_core.errors import ModelError


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found out.

    width: numbers in a hidden state.
    shares_prefix: whether what several items begin with can be computed once and go on from the key-value cache.
    """

    width: int
    shares_prefix: bool


def probe(causal: Any, name: str, n_layers: int) -> Probe:
    """Run two items of three tokens that differ in the last one.

    Raises:
        ModelError: if the model has other hidden states than ``n_layers`` of one width, looks ahead, or predicts
            the next token from anything but its last hidden state.
    """
    import torch

    step = causal.get_input_embeddings().weight.shape[0] // 4
    ids = torch.tensor([[step, 2 * step, 3 * step], [step, 2 * step, step]], device=causal.device)
    with torch.inference_mode():
        try:
            out = causal.base_model(input_ids=ids, output_hidden_states=True, use_cache=False)
            logits = causal(input_ids=ids, use_cache=False).logits[:, -1]  # (item, token)
            guessed = causal.get_output_embeddings()(out.last_hidden_state)[:, -1].argmax(-1)
            layers = list(out.hidden_states)
        except Exception as exc:  # transformers and torch raise many kinds
            raise ModelError(f"{name} does not run like other language models: {exc}. Choose another model.") from exc
        widths = {tuple(layer.shape) for layer in layers}
        if len(layers) != n_layers or len(widths) > 1:
            shapes = " or ".join(str(shape[-1]) for shape in sorted(widths))
            raise ModelError(
                f"{name} has {len(layers)} hidden states of {shapes} numbers each; {n_layers} of one width are "
                "needed. Choose another model."
            )
        states = torch.stack(layers)  # (layer, item, token, hidden)
        if not _near(states[:, 0, :2], states[:, 1, :2], torch.finfo(states.dtype).eps ** 0.75):
            raise ModelError(
                f"{name} looks ahead: a word's hidden state depends on what follows it. "
                "Choose a causal language model, which reads from left to right."
            )
        if not torch.equal(logits.gather(1, guessed[:, None])[:, 0], logits.amax(1)):
            raise ModelError(f"{name} does not predict from its last hidden state alone. Choose another model.")
        return Probe(states.shape[-1], _shares_prefix(causal.base_model, ids, states))


def expanded(cache: Any, size: int) -> Any:
    """A copy of the key-value cache of one item with ``size`` rows: a model appends to the cache it is given."""
    rows = copy.deepcopy(cache)
    rows.batch_repeat_interleave(size)
    return rows


def _shares_prefix(base: Any, ids: Any, states: Any) -> bool:
    import torch

    try:
        cache = base(input_ids=ids[:1, :2], use_cache=True).past_key_values
        out = base(input_ids=ids[:, 2:], past_key_values=expanded(cache, 2), use_cache=True, output_hidden_states=True)
        return _near(torch.stack(out.hidden_states), states[:, :, 2:], torch.finfo(states.dtype).eps ** 0.5)
    except Exception:  # no cache, another argument for it, or one whose rows cannot be repeated
        return False


def _near(made: Any, expected: Any, tolerance: float) -> bool:
    """Whether every vector (…, hidden) is as expected but for rounding, which grows from layer to layer."""
    distance = (made.float() - expected.float()).norm(dim=-1)
    return bool((distance <= tolerance * expected.float().norm(dim=-1)).all())

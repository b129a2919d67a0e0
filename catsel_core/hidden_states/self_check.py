"""Whether a loaded model computes what catsel takes for granted: found out with three tokens, in milliseconds."""

from dataclasses import dataclass
from typing import Any

from catsel_core.errors import ModelError
from catsel_core.hidden_states.packing import PACK_TOKENS, Batch, forward
from catsel_core.language import tr


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What was found out.

    width: numbers in a hidden state.
    dtype: of the hidden states, which in bfloat16 on a CPU are float32 all the same.
    packs: whether several items can share a row, told apart by an attention mask: see
        :mod:`~catsel_core.hidden_states.packing`.
    """

    width: int
    dtype: Any
    packs: bool


def probe(causal: Any, name: str, n_layers: int) -> SelfCheck:
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
            raise ModelError(
                tr(
                    "{model} does not run like other language models: {reason}. Choose another model.",
                    model=name,
                    reason=exc,
                )
            ) from exc
        widths = {tuple(layer.shape) for layer in layers}
        if len(layers) != n_layers or len(widths) > 1:
            raise ModelError(_unlike(name, len(layers), n_layers, sorted(shape[-1] for shape in widths)))
        states = torch.stack(layers)  # (layer, item, token, hidden)
        eps = torch.finfo(causal.dtype).eps
        if not _near(states[:, 0, :2], states[:, 1, :2], eps**0.75):
            raise ModelError(
                tr(
                    "{model} looks ahead: a word's hidden state depends on what follows it. "
                    "Choose a causal language model, which reads from left to right.",
                    model=name,
                )
            )
        if not torch.equal(logits.gather(1, guessed[:, None])[:, 0], logits.amax(1)):
            raise ModelError(
                tr("{model} does not predict from its last hidden state alone. Choose another model.", model=name)
            )
        return SelfCheck(states.shape[-1], states.dtype, _packs(causal.base_model, ids, states, eps**0.5))


def _unlike(name: str, n_found: int, n_layers: int, widths: list[int]) -> str:
    return tr(
        "{model} has {found} hidden states of {widths} numbers each; {layers} of one width are "
        "needed. Choose another model.",
        model=name,
        found=n_found,
        widths=tr(" or ").join(map(str, widths)),
        layers=n_layers,
    )


def _packs(base: Any, ids: Any, states: Any, tolerance: float) -> bool:
    """Whether the two items, many times over in the longest row, have the hidden states there that they have alone."""
    import torch

    copies = PACK_TOKENS // 2 - 1  # of the last tokens of both, in turn; two tokens are their common beginning
    row = ids[0, :2].tolist() + ids[:, 2].tolist() * copies
    items = list(range(2 * copies))
    batch = Batch(items, [row], {index: (0, 2 + index) for index in items}, 2, dict.fromkeys(items, 1))
    try:
        packed = torch.stack(forward(base, batch, ids.device, states.dtype).hidden_states)[
            :, 0
        ]  # (layer, column, hidden)
    except Exception:  # no such mask, or no positions: transformers and torch raise many kinds
        return False
    alone = torch.cat((states[:, 0, :2], states[:, :, 2].repeat(1, copies, 1)), dim=1)
    return _near(packed, alone, tolerance)


def _near(made: Any, expected: Any, tolerance: float) -> bool:
    """Whether every vector (…, hidden) is as expected but for rounding, which grows from layer to layer."""
    distance = (made.float() - expected.float()).norm(dim=-1)
    return bool((distance <= tolerance * expected.float().norm(dim=-1)).all())

"""Matrix products in the way that is fastest on this processor: what a forward pass spends its time on.

A plain product lays the weights out anew each time, which for the few tokens of a word list takes about as long as
multiplying. Here that is done once, when the model is loaded. In bfloat16 the weights are, and what goes into a product
is rounded; what comes out and everything in between (residual stream, norms, attention) is float32, so that rounding
does not add up from layer to layer.
"""

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import nn
from torch.nn.functional import linear
from transformers.pytorch_utils import Conv1D

PACKED_FOR = 1024
"""Rows of a product that the layout is made for; measured, it is as good for fewer."""

WIDENED = 1 << 22
"""bfloat16 weights that are float32 at a time, on a processor without bfloat16 products: 16 MB, a whole small layer."""

Multiply = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
"""x (…, features in) and a weight of the same precision -> x @ weight.T (…, features out)."""


class LinearLayer(nn.Module):  # type: ignore[misc]  # torch is not type-checked
    """``x @ weight.T + bias`` in float32; what goes in is rounded to the weight's precision.

    Takes the place of a linear layer whose weight is (features out, features in).
    """

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor | None, *, packed: bool = True) -> None:
        """Keep the weight in its precision; ``bias`` is (features out,) or absent.

        ``packed`` lays the weight out for this processor, if there is such a layout: a copy.
        """
        super().__init__()
        packed = packed and _packs(weight.dtype)
        self.weight = torch.ops.mkldnn._reorder_linear_weight(weight, PACKED_FOR) if packed else weight.contiguous()
        self.multiply: Multiply = _packed if packed else linear if multiplies_in(weight.dtype) else _widened
        self.bias = None if bias is None else bias.detach().float()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(…, features in) to (…, features out)."""
        made = self.multiply(x.to(self.weight.dtype), self.weight).float()
        return made if self.bias is None else made.add_(self.bias)


def _packed(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    return torch.ops.mkldnn._linear_pointwise(x, weight, None, "none", [], "")


def _widened(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Of bfloat16 factors, multiplied in float32, of which no more than :data:`WIDENED` weights are made at a time."""
    rows = max(1, WIDENED // weight.shape[1])
    wide = x.float()
    parts = [linear(wide, some.float()) for some in weight.split(rows)]
    return torch.cat(parts, dim=-1) if len(parts) > 1 else parts[0]


class _Alone(nn.Module):  # type: ignore[misc]  # torch is not type-checked
    """A linear layer that can be called and nothing else."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.call = layer

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.call(x)


def lay_out_linear_layers(causal: Any) -> None:
    """Put a :class:`LinearLayer` in place of every linear layer, and make all but products float32.

    The head's weight stays as it is, since the embedding often shares it; what the embedding gives is float32.
    For models on a CPU; the plain linear layers are gone afterwards. A model that reads the weights of its linear
    layers itself (Mamba) stays as it is.
    """
    base, embedding = causal.base_model, causal.get_input_embeddings()
    layers = list(_linear_layers(base))
    if not _only_called(causal, layers):
        return
    while layers:  # one after the other, so that both layouts of all weights are never in memory
        module, name, child = layers.pop()
        weight = child.weight.detach()
        setattr(module, name, LinearLayer(weight.T if type(child) is Conv1D else weight, child.bias))
    for module, name, child in list(_linear_layers(causal)):  # what is left of them: the head and what belongs to it
        setattr(module, name, LinearLayer(child.weight.detach(), child.bias, packed=False))
    for parameter in causal.parameters():
        if parameter is not embedding.weight:
            parameter.data = parameter.data.float()
    embedding.register_forward_hook(lambda _, __, made: made.float())


def _linear_layers(model: nn.Module) -> Iterator[tuple[nn.Module, str, nn.Module]]:
    """(parent, name in it, layer) of every layer that does nothing but multiply; a subclass may do more."""
    for module in model.modules():
        for name, child in module.named_children():
            if type(child) in (nn.Linear, Conv1D):
                yield module, name, child


def _only_called(causal: Any, layers: list[tuple[nn.Module, str, nn.Module]]) -> bool:
    """Whether the model runs when its linear layers can be called and nothing else."""
    for module, name, child in layers:
        setattr(module, name, _Alone(child))
    try:
        with torch.inference_mode():
            causal.base_model(input_ids=torch.zeros(1, 2, dtype=torch.long), use_cache=False)
    except Exception:  # transformers and torch raise many kinds
        return False
    finally:
        for module, name, child in layers:
            setattr(module, name, child)
    return True


def multiplies_in(dtype: torch.dtype) -> bool:
    """Whether this processor multiplies in a precision; where bfloat16 is imitated, it takes eight times as long."""
    if dtype == torch.float32:
        return True
    return bool(torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported())


def _packs(dtype: torch.dtype) -> bool:
    """Whether this processor has a layout of its own for weights of a precision."""
    if not torch.backends.mkldnn.is_available() or not hasattr(torch.ops.mkldnn, "_reorder_linear_weight"):
        return False
    return dtype in (torch.float32, torch.bfloat16) and multiplies_in(dtype)

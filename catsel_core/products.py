"""Matrix products with weights laid out for this processor: what a forward pass spends its time on.

A plain product lays the weights out anew each time, which for the few tokens of a word list takes about as long as
multiplying. Here that is done once, when the model is loaded. In bfloat16 the weights are, and what goes into a product
is rounded; what comes out and everything in between (residual stream, norms, attention) is float32, so that rounding
does not add up from layer to layer.
"""

from typing import Any

import torch
from torch import nn
from torch.nn.functional import linear
from transformers.pytorch_utils import Conv1D

PACKED_FOR = 1024
"""Rows of a product that the layout is made for; measured, it is as good for fewer."""


class Product(nn.Module):  # type: ignore[misc]  # torch is not type-checked
    """``x @ weight.T + bias`` in float32, with a weight that is kept in the processor's own layout where there is one.

    Takes the place of a linear layer whose weight is (features out, features in).
    """

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor | None) -> None:
        """Keep the weight in its precision; ``bias`` is (features out,) or absent."""
        super().__init__()
        self.packed = _packs(weight.dtype)
        pack = torch.ops.mkldnn._reorder_linear_weight if self.packed else torch.Tensor.contiguous
        self.weight = pack(weight, *([PACKED_FOR] if self.packed else []))
        self.bias = None if bias is None else bias.detach().float()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(…, features in) to (…, features out)."""
        rounded = x.to(self.weight.dtype)
        if self.packed:
            made = torch.ops.mkldnn._linear_pointwise(rounded, self.weight, None, "none", [], "")
        else:
            made = linear(rounded, self.weight)
        made = made.float()
        return made if self.bias is None else made.add_(self.bias)


class _Alone(nn.Module):  # type: ignore[misc]  # torch is not type-checked
    """A linear layer that can be called and nothing else."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.call = layer

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.call(x)


def prepare_products(causal: Any) -> None:
    """Put a :class:`Product` in place of every linear layer below the head, and make all but products float32.

    The embedding keeps its precision, since the head often shares its weight; what it gives is float32.
    For models on a CPU; the plain linear layers are gone afterwards. A model that reads the weights of its linear
    layers itself (Mamba) stays as it is.
    """
    base, embedding = causal.base_model, causal.get_input_embeddings()
    layers = [
        (module, name, child)
        for module in base.modules()
        for name, child in module.named_children()
        if type(child) in (nn.Linear, Conv1D)  # a subclass may do more than multiply
    ]
    if not _only_called(causal, layers):
        return
    while layers:  # one after the other, so that both layouts of all weights are never in memory
        module, name, child = layers.pop()
        weight = child.weight.detach()
        setattr(module, name, Product(weight.T if type(child) is Conv1D else weight, child.bias))
    for parameter in base.parameters():
        if parameter is not embedding.weight:
            parameter.data = parameter.data.float()
    embedding.register_forward_hook(lambda _, __, made: made.float())
    for module in causal.modules():  # what is left of them: the head and what belongs to it
        if isinstance(module, nn.Linear):
            module.register_forward_pre_hook(lambda layer, given: (given[0].to(layer.weight.dtype),))


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


def _packs(dtype: torch.dtype) -> bool:
    """Whether this processor has a layout of its own for weights of a precision."""
    if not torch.backends.mkldnn.is_available() or not hasattr(torch.ops.mkldnn, "_reorder_linear_weight"):
        return False
    return bool(dtype == torch.float32 or (dtype == torch.bfloat16 and torch.ops.mkldnn._is_mkldnn_bf16_supported()))

"""The last block of a model at the target words only: what it makes of all other tokens is shown nowhere.

Every product there can be left out elsewhere but those that other tokens attend to (keys, values): nine tenths of the
last block, which is a thirtieth of the bundled model and a twelfth of GPT-2.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import torch
from torch import nn

from catsel_core.hidden_states.linear_layers import LinearLayer

Places = tuple[torch.Tensor, torch.Tensor]
"""Rows and columns of tokens in a forward pass, (place,) each."""

_TRIED = torch.arange(1, 7).reshape(2, 3) * 7919
"""Tokens of the trial, (row, column), to be taken modulo the vocabulary."""

_PLACES: ContextVar[Places | None] = ContextVar("places", default=None)
"""Of the pass that this thread makes: several threads may use a model at once."""

_TRIED_AT: Places = torch.tensor([0, 1]), torch.tensor([2, 1])


class _SomePlaces(nn.Module):  # type: ignore[misc]  # torch is not type-checked
    """A product that can be made at some places only; everywhere else it is zero then."""

    def __init__(self, product: LinearLayer) -> None:
        super().__init__()
        self.product = product

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(row, column, features in) to (row, column, features out)."""
        places = _PLACES.get()
        if places is None:
            return self.product(x)
        made = self.product(x[places])  # (place, features out)
        everywhere = made.new_zeros(*x.shape[:-1], made.shape[-1])
        everywhere[places] = made
        return everywhere


class LastBlock:
    """The products of a model's last block that may be made at the targets only; ``len`` is how many there are."""

    def __init__(self, base: Any, n_blocks: int) -> None:
        """Find out by trial which they are: made at two places only, they leave the block's output there as it was.

        None in a model that does not keep its ``n_blocks`` blocks in a list.
        """
        self._products: list[_SomePlaces] = []
        lists = (module for module in base.modules() if isinstance(module, nn.ModuleList))  # outer ones first
        block = next((blocks[-1] for blocks in lists if len(blocks) == n_blocks), None)
        if block is None:
            return
        run = _runner(base, block)
        whole = _tried(run)
        for module, name, child in [(m, n, c) for m in block.modules() for n, c in m.named_children()]:
            if isinstance(child, LinearLayer) and whole is not None:
                self._try(module, name, child, run, whole)

    def _try(
        self, module: nn.Module, name: str, child: LinearLayer, run: Callable[[], Any], whole: torch.Tensor
    ) -> None:
        wrapped = _SomePlaces(child)
        setattr(module, name, wrapped)
        self._products.append(wrapped)
        with self.at(_TRIED_AT):
            made = _tried(run)
        if made is None or not torch.allclose(made, whole, rtol=1e-4, atol=1e-5 * float(whole.abs().max())):
            self._products.remove(wrapped)
            setattr(module, name, child)

    def __len__(self) -> int:
        return len(self._products)

    @contextmanager
    def at(self, places: Places) -> Iterator[None]:
        """Passes of this thread have their last hidden state at these places; elsewhere it means nothing."""
        before = _PLACES.set(places)
        try:
            yield
        finally:
            _PLACES.reset(before)


def _runner(base: Any, block: Any) -> Callable[[], Any]:
    """Runs the block on what it is given in a pass over some tokens."""
    given: list[Any] = []
    hook = block.register_forward_pre_hook(lambda _, args, named: given.extend((args, named)), with_kwargs=True)
    ids = _TRIED % base.get_input_embeddings().weight.shape[0]
    with torch.inference_mode():
        base(input_ids=ids.to(base.device), use_cache=False)
    hook.remove()
    return lambda: block(*given[0], **given[1])


def _tried(run: Callable[[], Any]) -> torch.Tensor | None:
    """(place, hidden): what the block makes at the places of the trial, if it runs."""
    try:
        with torch.inference_mode():
            made = run()
        return (made if isinstance(made, torch.Tensor) else made[0])[_TRIED_AT]
    except Exception:  # a product that is given other shapes, a block of another kind: torch raises many kinds
        return None

"""The passes of the model over words and contexts: time against the notebook's way, and how near the limit ours is."""

from collections.abc import Callable

import torch

from benchmarks import apart, peaks, timing, work
from benchmarks.timing import Times
from catsel_core.hidden_states.linear_layers import multiplies_in
from catsel_core.hidden_states.load import LoadedModel, parameters
from catsel_core.hidden_states.prepare import ready_model

PRODUCT_ROWS, PRODUCTS = 2048, 8


HEAD = ["| work | notebook's way | ours | ratio | aim |", "|---|---|---|---|---|"]
AIMS = {"float32": "2", "bfloat16": "7, with AMX"}


def sections() -> list[str]:
    """Lines of the results: everything that is measured against the notebook's way, and how near the limit ours is."""
    full, half = work.loaded(), work.loaded("bfloat16")
    words, contexts = work.words(), work.contexts()
    lines = list(HEAD)
    ways = work.word_ways(words)
    with apart.notebook("words") as notebook:
        times = timing.interleaved({"notebook": notebook, "ours": lambda: ways.ours(full)}, 15)
    name = f"{len(words.items)} words, hidden states and next tokens"
    lines.append(_row(name, times["notebook"], times["ours"], "3"))
    ways = work.context_ways(contexts)
    with apart.notebook("contexts") as notebook:
        times = timing.interleaved(
            {
                "notebook": notebook,
                "float32": lambda: ways.ours(full),
                "bfloat16": lambda: ways.ours(half),
                **{f"product {kind}": _products(kind) for kind in set(map(_multiplied_in, AIMS))},
            }
        )
    name = f"{len(contexts.items)} contexts × {len(contexts.items[0].token_ids)} tokens"
    lines += [_row(f"{name}, {kind}", times["notebook"], times[kind], aim) for kind, aim in AIMS.items()]
    lines.append(_memory(name))
    exact, short = ways.ours(full).vectors, ways.ours(half).vectors
    lines += ["", f"bfloat16: largest difference of a cosine from float32 {work.largest_difference(exact, short):.4f}."]
    n_tokens = sum(len(item.token_ids) for item in contexts.items)
    return [*lines, "", *_shares(n_tokens, times, full)]


def _row(name: str, notebook: Times, ours: Times, aim: str) -> str:
    return f"| {name} | {notebook} | {ours} | {notebook.median / ours.median:.1f} | {aim} |"


def _memory(name: str) -> str:
    notebook, ours = (peaks.in_fresh_process(way, work.CONTEXTS) for way in ("notebook", "ours"))
    cells = f"{notebook / 1e6:,.0f} MB | {ours / 1e6:,.0f} MB | {notebook / ours:.1f}"
    return f"| {name}, float32: peak memory over the loaded model | {cells} | 6 |"


def _shares(n_tokens: int, times: dict[str, Times], model: LoadedModel) -> list[str]:
    """How much of the machine's matrix-multiply rate the contexts pass reaches.

    Attention is not counted as work; the last block is, as if it were made at every token.
    """
    flop = 2 * (parameters(ready_model(work.MODEL).folder) - int(model.head.weight.numel())) * n_tokens
    lines = ["| contexts pass | operations a second | of the matrix-multiply rate |", "|---|---|---|"]
    for kind in AIMS:
        used = _multiplied_in(kind)
        rate = PRODUCTS * PRODUCT_ROWS**3 * 2 / times[f"product {used}"].median
        reached = flop / times[kind].median
        lines.append(f"| {kind} | {reached / 1e9:.0f} G | {reached / rate:.0%} of {rate / 1e9:.0f} G in {used} |")
    return lines


def _multiplied_in(kind: str) -> str:
    """The precision of products in a pass of the model in a precision."""
    return kind if multiplies_in(getattr(torch, kind)) else "float32"


def _products(kind: str) -> Callable[[], None]:
    """A second or so of square products, which take turns with the passes."""
    left, right = torch.randn(2, PRODUCT_ROWS, PRODUCT_ROWS, dtype=getattr(torch, kind))

    def multiply() -> None:
        for _ in range(PRODUCTS):
            torch.mm(left, right)

    return multiply

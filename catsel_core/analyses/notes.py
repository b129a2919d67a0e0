"""What is worth knowing about a result, as sentences."""

from collections.abc import Iterator

from catsel_core.analyses.precision import Deviation
from catsel_core.analyses.represent import Represented
from catsel_core.inputs.words_in_pieces import mostly_pieces
from catsel_core.models.spec import ModelSpec


def what_to_know(found: Represented) -> Iterator[str]:
    """Words that were left out, words in pieces, and what the precision costs, where there is any of it."""
    words = list(dict.fromkeys(item.label for item in found.inputs.dropped))
    if words:
        yield f"Left out because they are several tokens long: {', '.join(words)}."
    if (warning := mostly_pieces(found.inputs)) is not None:
        yield warning
    if found.model.precision != "float32":
        yield _precision(found.model, found.deviation)


def _precision(model: ModelSpec, deviation: Deviation | None) -> str:
    if deviation is None:
        return (
            f"{model.name} ran in {model.precision}. How far its cosines are from float32 could not be measured: "
            "in float32 it needs more memory than is free."
        )
    share = "all" if deviation.n_items == deviation.n_all else f"{deviation.n_items} of the {deviation.n_all}"
    return (
        f"{model.name} ran in {model.precision}: a plain cosine differs from its float32 value by at most "
        f"{deviation.largest:.4f} (at {model.layers[deviation.layer]}; measured on {share} items)."
    )

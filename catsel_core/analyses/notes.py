"""What is worth knowing about a result, as sentences."""

from collections.abc import Iterator

from catsel_core.analyses.precision import Deviation
from catsel_core.analyses.represent import Represented
from catsel_core.inputs.words_in_pieces import mostly_pieces
from catsel_core.language import tr
from catsel_core.models.spec import ModelSpec


def what_to_know(found: Represented) -> Iterator[str]:
    """Words that were left out, words in pieces, and what the precision costs, where there is any of it."""
    words = list(dict.fromkeys(item.label for item in found.inputs.dropped))
    if words:
        yield tr("Left out because they are several tokens long: {words}.", words=", ".join(words))
    if (warning := mostly_pieces(found.inputs)) is not None:
        yield warning
    if found.model.precision != "float32":
        yield _precision(found.model, found.deviation)


def _precision(model: ModelSpec, deviation: Deviation | None) -> str:
    if deviation is None:
        return tr(
            "{model} ran in {precision}. How far its cosines are from float32 could not be measured: "
            "in float32 it needs more memory than is free.",
            model=model.name,
            precision=model.precision,
        )
    told = {"model": model.name, "precision": model.precision, "layer": model.layers[deviation.layer]}
    if deviation.n_items == deviation.n_all:
        return tr(
            "{model} ran in {precision}: a plain cosine differs from its float32 value by at most "
            "{largest:.4f} (at {layer}; measured on all items).",
            **told,
            largest=deviation.largest,
        )
    return tr(
        "{model} ran in {precision}: a plain cosine differs from its float32 value by at most "
        "{largest:.4f} (at {layer}; measured on {count} of the {total} items).",
        **told,
        largest=deviation.largest,
        count=deviation.n_items,
        total=deviation.n_all,
    )

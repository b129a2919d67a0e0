"""The figures of a comparison side by side."""

from typing import Literal

from catsel_core import figures
from catsel_core.analyses.side_by_side import LayerSimilarity, SideBySide
from catsel_core.figures import Chart, Profile, Scale, Shades
from catsel_core.language import mark, tr
from catsel_core.statistics.pairs import Statistic

STATISTICS: dict[Statistic, str] = {
    "delta": "Δ",
    "t": "t",
    "within_mean": mark("Within mean"),
    "across_mean": mark("Across mean"),
}
LAYER_SIMILARITIES: dict[LayerSimilarity, str] = {
    "rsa": "RSA (Spearman)",
    "cka": "CKA",
    "debiased-cka": mark("CKA, debiased"),
}


def depth_profiles(found: SideBySide, statistic: Statistic) -> Chart:
    """Both laminar profiles."""
    a, b = (
        Profile(f"{letter} · {name}", side.model.layers, getattr(side.statistics, statistic))
        for letter, name, side in zip("AB", found.names, found.sides, strict=True)
    )
    return figures.depth_profiles(a, b, tr(STATISTICS[statistic]))


def layer_similarity_map(found: SideBySide, layer_similarity: LayerSimilarity) -> Chart:
    """All layers of A against all layers of B."""
    layers = found.a.model.layers, found.b.model.layers
    return figures.layer_similarity_map(
        found.layer_similarity[layer_similarity],
        found.paths[layer_similarity],
        layers,
        tr(LAYER_SIMILARITIES[layer_similarity]),
    )


def matrix(found: SideBySide, letter: Literal["A", "B"], scale: Scale) -> Chart:
    """The similarities of one side; a range that is the same for all layers is that of both sides."""
    side, other = (found.a, found.b) if letter == "A" else (found.b, found.a)
    shades = Shades(scale, side.request.measure, (other.similarity,))
    colors = side.request.words.colors
    return figures.similarity_matrix(side.similarity, side.inputs.items, colors, side.model.layers, shades)

"""The figures of a comparison, each built once and kept."""

from typing import Literal

from catsel_core import figures
from catsel_core.compare_analysis import Likeness, SideBySide
from catsel_core.figures import Chart, Profile, Scale
from pages.ui.kept import kept as _kept

Statistic = Literal["delta", "t", "within_mean", "across_mean"]
STATISTICS: dict[Statistic, str] = {
    "delta": "Δ",
    "t": "t",
    "within_mean": "Within mean",
    "across_mean": "Across mean",
}
LIKENESSES: dict[Likeness, str] = {"rsa": "RSA (Spearman)", "cka": "CKA", "debiased-cka": "CKA, debiased"}


@_kept
def depth_profiles(found: SideBySide, statistic: Statistic) -> Chart:
    """Both laminar profiles."""
    a, b = (
        Profile(f"{letter} · {name}", side.model.layers, getattr(side.statistics, statistic))
        for letter, name, side in zip("AB", found.names, found.sides, strict=True)
    )
    return figures.depth_profiles(a, b, STATISTICS[statistic])


@_kept
def likeness_map(found: SideBySide, likeness: Likeness) -> Chart:
    """All layers of A against all layers of B."""
    layers = found.a.model.layers, found.b.model.layers
    return figures.likeness_map(found.likeness[likeness], found.paths[likeness], layers, LIKENESSES[likeness])


@_kept
def matrix(found: SideBySide, letter: Literal["A", "B"], scale: Scale) -> Chart:
    """The similarities of one side."""
    side = found.a if letter == "A" else found.b
    colors = side.request.words.colors
    return figures.similarity_matrix(side.similarity, side.inputs.items, colors, side.model.layers, scale)

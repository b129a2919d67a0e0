"""How contrasts of words are drawn: within, across, and each word in the colour that it has elsewhere."""

from collections.abc import Mapping, Sequence

from catsel_core.figures.colors import ACROSS, WITHIN, Look, looks, palette
from catsel_core.statistics.contrasts import Contrast


def contrast_looks(contrasts: Sequence[Contrast], colors: Mapping[str, str]) -> tuple[Look, ...]:
    """A look for every contrast.

    One word with itself has the word's colour; the first contrast of several words with themselves is *within*, the
    first of different words *across*. All others have colours that no word has.

    Args:
        contrasts: sets of pairs of words.
        colors: of every word.
    """
    further = iter(palette(len(colors) + len(contrasts))[len(colors) :])
    chosen: list[str] = []
    for contrast in contrasts:
        color = _meaning(contrast, colors)
        chosen.append(next(further) if color is None or color in chosen else color)
    return looks(chosen)


def _meaning(contrast: Contrast, colors: Mapping[str, str]) -> str | None:
    """The colour that says what the contrast is; None if it mixes both kinds of pairs."""
    own = {a for a, b in contrast.pairs if a == b}
    if any(a != b for a, b in contrast.pairs):
        return None if own else ACROSS
    return colors.get(next(iter(own), "")) if len(own) == 1 else WITHIN

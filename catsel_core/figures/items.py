"""Items as a figure shows them: a name and a colour for each, and the texts behind them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from catsel_core.figures.chart import Passage
from catsel_core.figures.colors import palette
from catsel_core.figures.texts import shown
from catsel_core.inputs.items import Item
from catsel_core.inputs.words_in_pieces import pieces_of
from catsel_core.inputs.writing import isolated
from catsel_core.language import tr

SPLIT = "·"
"""Marks a word of several tokens."""


def item_names(items: Sequence[Item]) -> list[str]:
    """A name of its own for every item: the word, a number if its group has more of it, and the group.

    Where every group is a word by itself, as in a text, the groups are not named.
    """
    of_groups = any(item.label != item.group for item in items)
    totals = Counter((item.label, item.group) for item in items)
    seen: Counter[tuple[str, str]] = Counter()
    names: list[str] = []
    for item in items:
        key = (item.label, item.group)
        seen[key] += 1
        name = item.label if totals[key] == 1 else f"{item.label} {seen[key]}"
        names.append(f"{name} ({item.group})" if of_groups else name)
    return _told_apart(names)


def _told_apart(names: Sequence[str]) -> list[str]:
    """The names, with a number behind each that stood before: a word may look like another one's number or group."""
    used: Counter[str] = Counter()
    different: list[str] = []
    for name in names:
        used[name] += 1
        different.append(name if used[name] == 1 else f"{name} #{used[name]}")
    return different


def hover_names(items: Sequence[Item]) -> list[str]:
    """:func:`item_names` as plotly shows them, with the tokens of a word that is several."""
    named = zip(item_names(items), items, strict=True)
    return _told_apart([shown(name) + _tokens(item) for name, item in named])


def _tokens(item: Item) -> str:
    if len(item.pieces) == 1:
        return ""
    return tr(": {pieces}, {count} tokens", pieces=shown(pieces_of(item)), count=len(item.pieces))


def marked(item: Item) -> str:
    """The item's word; one of several tokens with a mark where they meet (``so·fa``), or behind it with their number.

    The number is for tokens that are parts of characters, and for letters that must not be torn apart.
    """
    if len(item.pieces) == 1:
        return item.label
    joined = "".join(item.pieces).strip() == item.label and isolated(item.label) == item.label
    return SPLIT.join(item.pieces).strip() if joined else f"{item.label}{SPLIT}{len(item.pieces)}"


def word_colors(items: Sequence[Item], further: Iterable[str] = ()) -> dict[str, str]:
    """A colour for every word, in the order of the items, and then for further names that are none of theirs."""
    words = list(dict.fromkeys([*(item.label for item in items), *further]))
    return dict(zip(words, palette(len(words)), strict=True))


def group_colors(items: Sequence[Item]) -> dict[str, str]:
    """A colour for every group: that of its word, a lighter shade of it for each further group of the word."""
    of_words, shades = word_colors(items), Counter[str]()
    colors: dict[str, str] = {}
    for word, group in dict.fromkeys((item.label, item.group) for item in items):
        colors.setdefault(group, _lighter(of_words[word], 1 - 0.55 ** shades[word]))
        shades[word] += 1
    return colors


def _lighter(color: str, part: float) -> str:
    """``#RRGGBB`` mixed with white, which makes up ``part`` of it."""
    channels = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    mixed = [round(channel * (1 - part) + 255 * part) for channel in channels]
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def passages_of(items: Sequence[Item]) -> tuple[Passage, ...]:
    """The texts behind the rows and columns of a matrix."""
    return tuple(
        Passage(name, item.text[: item.span[0]], item.text[slice(*item.span)], item.text[item.span[1] :])
        for name, item in zip(item_names(items), items, strict=True)
    )

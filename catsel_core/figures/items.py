"""Items as a figure shows them: a name and a colour for each, and the texts behind them."""

from collections import Counter
from collections.abc import Sequence

from catsel_core.figures.chart import Passage
from catsel_core.inputs.items import Item
from catsel_core.inputs.word_lists import PALETTE


def item_names(items: Sequence[Item]) -> list[str]:
    """A name of its own for every item: the word, a number if its group has more of it, and the group."""
    totals = Counter((item.label, item.group) for item in items)
    seen: Counter[tuple[str, str]] = Counter()
    names: list[str] = []
    for item in items:
        key = (item.label, item.group)
        seen[key] += 1
        name = item.label if totals[key] == 1 else f"{item.label} {seen[key]}"
        names.append(name if item.label == item.group else f"{name} ({item.group})")
    return _told_apart(names)


def _told_apart(names: Sequence[str]) -> list[str]:
    """The names, with a number behind each that stood before: a word may look like another one's number or group."""
    used: Counter[str] = Counter()
    different: list[str] = []
    for name in names:
        used[name] += 1
        different.append(name if used[name] == 1 else f"{name} #{used[name]}")
    return different


def group_colors(items: Sequence[Item]) -> dict[str, str]:
    """A colour for every group: one from the palette a word, a lighter shade for each further group of the word."""
    words: dict[str, list[str]] = {}
    for item in items:
        groups = words.setdefault(item.label, [])
        if item.group not in groups:
            groups.append(item.group)
    colors: dict[str, str] = {}
    for number, groups in enumerate(words.values()):
        for shade, group in enumerate(groups):
            colors.setdefault(group, _lighter(PALETTE[number % len(PALETTE)], 1 - 0.55**shade))
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

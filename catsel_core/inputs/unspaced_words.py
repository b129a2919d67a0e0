"""Words in writing without spaces, found by their neighbours: what is only a part of a word has always the same one.

Sequences of characters whose neighbours differ on both sides (accessor variety; Feng et al. 2004, Computational
Linguistics 30:75) and which are more frequent than their characters by themselves would make them (normalised
pointwise mutual information; Bouma 2009). Hiragana, punctuation and other writing beside a sequence is an edge.
"""

import math
import unicodedata
from collections import Counter, defaultdict

from catsel_core.inputs.writing import RUNS_OF_A_SCRIPT

Starts = list[int]
"""Characters of the text at which a sequence begins."""

_LONGEST = 8
_MOST_CHARACTERS = 400_000  # of a text, for the sake of time: the beginning shows what its words are
_ALIKE = 0.5  # of the neighbours on one side may be the same
_TOGETHER = 0.3  # of 1, at which the characters never stand without each other
_PART = 0.7  # of the occurrences of a part of a word belong to it
_NEVER_FIRST = frozenset("ะาำๅๆฯະາຳໆ")  # vowels and marks of Thai and Lao that belong to what stands before them
_NEVER_LAST = frozenset("เแโใไເແໂໃໄ")  # and to what stands behind


def unspaced_words(content: str, fewest: int, most: int) -> dict[str, Starts]:
    """{word: where it begins} of what occurs ``fewest`` to ``most`` times in the text's beginning."""
    beginning = content[:_MOST_CHARACTERS]
    sequences = _frequent(beginning, fewest)
    counts = Counter(beginning) + Counter({text: len(starts) for text, starts in sequences.items()})
    words = {
        text: starts
        for text, starts in sequences.items()
        if len(starts) <= most
        and _is_word(text, starts, beginning)
        and _together(text, counts, len(beginning)) >= _TOGETHER
    }
    words = {text: starts for text, starts in words.items() if not _is_part(text, words)}
    return {text: starts for text, starts in words.items() if not _holds_another(text, words)}


def _frequent(content: str, fewest: int) -> dict[str, Starts]:
    """All sequences of 2 to :data:`_LONGEST` characters of one script that occur so often: first the short ones."""
    begun: dict[int, int] = {  # where what is still frequent begins, and where its run ends
        at: run.end() for run in RUNS_OF_A_SCRIPT.finditer(content) for at in range(*run.span())
    }
    found: dict[str, Starts] = {}
    for length in range(2, _LONGEST + 1):
        places: defaultdict[str, Starts] = defaultdict(list)
        for at, stop in begun.items():
            if at + length <= stop:
                places[content[at : at + length]].append(at)
        frequent = {text: starts for text, starts in places.items() if len(starts) >= fewest}
        found.update(frequent)
        begun = {at: begun[at] for starts in frequent.values() for at in starts}
    return found


def _is_word(text: str, starts: Starts, content: str) -> bool:
    if text[0] in _NEVER_FIRST or text[-1] in _NEVER_LAST or unicodedata.category(text[0])[0] == "M":
        return False
    before = [content[at - 1] if at else "" for at in starts]
    after = [content[at + len(text) : at + len(text) + 1] for at in starts]
    cut = sum(character in _NEVER_FIRST or unicodedata.category(character or " ")[0] == "M" for character in after)
    return _largest_share(before) <= _ALIKE and _largest_share(after) <= _ALIKE and cut <= (1 - _PART) * len(after)


def _largest_share(neighbours: list[str]) -> float:
    """How many of them are the commonest one; those of other writing are edges, and never the same."""
    inside = Counter(character for character in neighbours if RUNS_OF_A_SCRIPT.match(character * 2))
    return max(inside.values(), default=0) / len(neighbours)


def _together(text: str, counts: Counter[str], total: int) -> float:
    """Normalised pointwise mutual information of the two parts at the weakest joint: 0 for what meets by chance."""
    parts = [counts[text[:at]] * counts[text[at:]] for at in range(1, len(text))]
    most = max(parts)
    return math.log(counts[text] * total / most) / math.log(total / counts[text])


def _is_part(text: str, words: dict[str, Starts]) -> bool:
    """Whether it hardly occurs outside of a longer word."""
    return any(
        text in longer and len(longer) > len(text) and len(starts) >= _PART * len(words[text])
        for longer, starts in words.items()
    )


def _holds_another(text: str, words: dict[str, Starts]) -> bool:
    """Whether a word is in it that occurs by itself too: it may be a phrase."""
    return any(shorter in text and len(shorter) < len(text) for shorter in words)

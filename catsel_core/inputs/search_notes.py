"""What is worth knowing about words that were found in a text, as sentences."""

from collections.abc import Iterator, Sequence

from catsel_core.inputs.occurrences import Occurrences
from catsel_core.inputs.quotations import listed
from catsel_core.inputs.writing import is_unspaced
from catsel_core.language import tr


def search_notes(found: Sequence[Occurrences]) -> tuple[str, ...]:
    """How words are found in writing without spaces, and what was left out."""
    unspaced = [one for one in found if is_unspaced(one.word)]
    return (*_without_spaces(unspaced), *_left_out(found))


def _without_spaces(unspaced: Sequence[Occurrences]) -> Iterator[str]:
    if not unspaced:
        return
    words = listed(one.word for one in unspaced)
    yield tr(
        "In writing without spaces, a word is found wherever its characters stand, inside longer words too: {words}.",
        words=words,
    )
    wider, total = sum(one.n_wider for one in unspaced), sum(len(one.firsts) for one in unspaced)
    if wider:
        yield tr(
            "In {wider:,} of these {total:,} places the model's tokens hold more than the word: it has seen the "
            "characters beside the word too. “Whole words only” leaves such places out.",
            wider=wider,
            total=total,
        )


def _left_out(found: Sequence[Occurrences]) -> Iterator[str]:
    parts = [
        tr("{part:,} of {total:,} “{word}”", part=one.n_left_out, total=len(one.firsts), word=one.word)
        for one in found
        if one.n_left_out
    ]
    if parts:
        yield tr("Left out as parts of something longer: {parts}.", parts=", ".join(parts))

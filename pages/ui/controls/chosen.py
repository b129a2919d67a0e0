"""What a visitor has chosen, in the few words of a page's line."""

import streamlit as st

from catsel_core.analyses.contexts import ContextRequest, Located
from catsel_core.analyses.side_by_side import Side
from catsel_core.figures.about import MEASURE_NAMES, POOLING_NAMES
from catsel_core.inputs.sentences import Sentence
from catsel_core.models.catalogue import title_of
from catsel_core.session import Session
from pages.ui.controls.fold import Fold
from pages.ui.session import sidebar


def words_line(session: Session) -> None:
    """The words of the pages that show them, with the way to change them."""
    chosen = session.words
    line = Fold("Words")
    with line.controls():
        sidebar.show_categories(session)
        st.page_link("pages/words.py", label="Change the words or the prompt", icon=":material/edit_note:")
    sizes = [len(category.words) for category in chosen.words.categories]
    how = POOLING_NAMES[chosen.pooling], MEASURE_NAMES[chosen.measure]
    line.say(f"{_counted(sum(sizes), 'word')} in {_counted(len(sizes), 'category')}", chosen.template, *how)


def contexts_line(line: Fold, request: ContextRequest, found: Located) -> None:
    """The text, the words in it, and how many windows were cut."""
    used = sum(len(one.used) for one in found.occurrences)
    window = _counted(request.windows.window, "token")
    line.say(request.text.name, ", ".join(request.targets), window, _counted(used, "window"))


def sentences_line(line: Fold, sentences: tuple[Sentence, ...]) -> None:
    """How many sentences there are, and of which words."""
    words = dict.fromkeys(sentence.target for sentence in sentences)
    line.say(_counted(len(sentences), "sentence"), _counted(len(words), "word"), ", ".join(words))


def sides_line(line: Fold, a: Side, b: Side) -> None:
    """Both sides; what they share is said once."""
    facts = list(zip(_facts(a), _facts(b), strict=True))
    shared = [one for one, other in facts if one == other]
    apart = [[pair[side] for pair in facts if pair[0] != pair[1]] for side in (0, 1)]
    sides = [f"{letter}: {', '.join(own)}" for letter, own in zip("AB", apart, strict=True) if own]
    line.say(*(sides or ["A and B are the same"]), *shared)


def _facts(side: Side) -> tuple[str, ...]:
    precision = "" if side.precision == "float32" else side.precision
    return title_of(side.model), side.template, POOLING_NAMES[side.pooling], MEASURE_NAMES[side.measure], precision


def _counted(count: int, noun: str) -> str:
    several = noun[:-1] + "ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else several}"

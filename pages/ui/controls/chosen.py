"""What a visitor has chosen, in the few words of a page's line."""

import streamlit as st

from catsel_core.analyses.contexts import ContextRequest, Located
from catsel_core.analyses.side_by_side import Side
from catsel_core.figures.about import POOLING_NAMES, measure_name
from catsel_core.language import tr, tr_count
from catsel_core.models.catalogue import title_of
from catsel_core.session import SentencesChoice, Session, WordsChoice
from pages.ui.controls.fold import Fold
from pages.ui.controls.measure import measure_control
from pages.ui.controls.prompt import prompts_control
from pages.ui.session import sidebar


def words_line(session: Session) -> Session:
    """The words of the pages that show them, with the way to change them; returns the session with what was chosen."""
    line = Fold(tr("Words"))
    with line.controls():
        sidebar.show_categories(session)
        session = measure_control("words")
        st.page_link("pages/words.py", label=tr("Change the words or the prompt"), icon=":material/edit_note:")
    chosen = session.words
    line.say(_words(chosen), chosen.template, *_how(chosen))
    return session


def _words(chosen: WordsChoice) -> str:
    sizes = [len(category.words) for category in chosen.words.categories]
    categories = tr_count("{count:,} category", "{count:,} categories", len(sizes))
    return tr("{words} in {categories}", words=_n_words(sum(sizes)), categories=categories)


def prompts_line(session: Session) -> Session:
    """The words and the prompts, with the way to change both; returns the session with what was chosen."""
    line = Fold(tr("Prompts"))
    with line.controls():
        st.markdown(tr("One prompt is one experiment. Do the same words give the same picture in others?"))
        prompts_control()
        session = measure_control("words")
        st.page_link("pages/words.py", label=tr("Change the words"), icon=":material/edit_note:")
    chosen = session.words
    n_prompts = tr_count("{count:,} prompt", "{count:,} prompts", len(chosen.templates))
    line.say(n_prompts, _words(chosen), *_how(chosen))
    return session


def contexts_line(line: Fold, request: ContextRequest, found: Located) -> None:
    """The text, the words in it, and how many windows were cut."""
    used = sum(len(one.used) for one in found.occurrences)
    n_tokens = tr_count("{count:,} token", "{count:,} tokens", request.windows.window)
    n_windows = tr_count("{count:,} window", "{count:,} windows", used)
    line.say(request.text.title, ", ".join(request.targets), n_tokens, n_windows, *_unusual(request))


def sentences_line(line: Fold, chosen: SentencesChoice) -> None:
    """How many sentences there are, and of which words."""
    words = dict.fromkeys(sentence.target for sentence in chosen.sentences)
    n_sentences = tr_count("{count:,} sentence", "{count:,} sentences", len(chosen.sentences))
    line.say(n_sentences, _n_words(len(words)), *_unusual(chosen), ", ".join(words))


def _unusual(chosen: ContextRequest | SentencesChoice) -> tuple[str, ...]:
    return () if chosen.measure == "cosine" else (measure_name(chosen.measure, chosen.basis),)


def sides_line(line: Fold, a: Side, b: Side) -> None:
    """Both sides; what they share is said once."""
    facts = list(zip(_facts(a), _facts(b), strict=True))
    shared = [one for one, other in facts if one == other]
    apart = [[pair[side] for pair in facts if pair[0] != pair[1]] for side in (0, 1)]
    sides = [f"{letter}: {', '.join(own)}" for letter, own in zip("AB", apart, strict=True) if own]
    line.say(*(sides or [tr("A and B are the same")]), *shared)


def _facts(side: Side) -> tuple[str, ...]:
    precision = "" if side.precision == "float32" else side.precision
    return title_of(side.model), side.template, *_how(side), precision


def _how(chosen: WordsChoice | Side) -> tuple[str, str]:
    """What is done with words of several tokens, and how vectors are compared."""
    return tr(POOLING_NAMES[chosen.pooling]), measure_name(chosen.measure, chosen.basis)


def _n_words(count: int) -> str:
    return tr_count("{count:,} word", "{count:,} words", count)

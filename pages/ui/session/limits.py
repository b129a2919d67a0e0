"""What pages show at most: a session from elsewhere may ask for more."""

from dataclasses import replace

from catsel_core.language import tr
from catsel_core.session import Session

MOST_OCCURRENCES = 200
"""Of each word to look for."""


def for_pages(session: Session) -> tuple[Session, str]:
    """A session within what pages show, and a sentence where that is less than it says."""
    windows = session.contexts.windows
    if windows.most is not None and windows.most <= MOST_OCCURRENCES:
        return session, ""
    contexts = replace(session.contexts, windows=replace(windows, most=MOST_OCCURRENCES))
    return replace(session, contexts=contexts), tr(
        " Pages take at most {most} occurrences of a word.", most=MOST_OCCURRENCES
    )

"""Terms lead to where they are explained: on the page Method, in a tab of its own, so that no page is left."""

from catsel_core.figures.glossary import explanation
from catsel_core.language import once_each_language
from pages.ui.viewer.browser import base_path


def address(term: str) -> str:
    """Where a term is explained, on this server."""
    return f"{base_path()}method?term={term}"


@once_each_language
def explained(name: str) -> str:
    """How a chart is computed, with its terms as links."""
    return explanation(name, address)

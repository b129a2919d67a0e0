"""Explanations, which are Markdown with formulas, as HTML that needs nothing from anywhere: formulas are MathML."""

import functools
import re
from collections.abc import Iterator

_FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|\$(?P<inline>.+?)\$", re.DOTALL)
_PLACE = re.compile("\ue000")
_XML_NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'
"""Which HTML does not need; a report has no address in it that looks as if it were fetched."""

_AS_ON_THE_PAGES = {
    '<mo accent="true">&#x02015;</mo>': '<mo stretchy="true">&#x000AF;</mo>',  # a bar as long as what it is above
    "<mi>&#x00394;</mi>": '<mi mathvariant="normal">&#x00394;</mi>',  # an upright delta
}


@functools.lru_cache(maxsize=64)
def explained(markdown: str) -> str:
    """HTML of a text of catsel's own, in CommonMark with tables; ``$…$`` and ``$$…$$`` are formulas in LaTeX.

    Formulas are kept from the Markdown reader, to which their underscores are emphasis.
    """
    from markdown_it import MarkdownIt

    formulas = map(_mathml, _FORMULA.finditer(markdown))
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(_FORMULA.sub("\ue000", markdown))
    return _filled(html, formulas)


def _filled(html: str, formulas: Iterator[str]) -> str:
    return _PLACE.sub(lambda _: next(formulas), html)


def _mathml(found: re.Match[str]) -> str:
    from latex2mathml.converter import convert

    kind = found.lastgroup or "inline"
    made = convert(found[kind], display=kind).replace(_XML_NAMESPACE, "")
    return functools.reduce(lambda math, look: math.replace(*look), _AS_ON_THE_PAGES.items(), made)

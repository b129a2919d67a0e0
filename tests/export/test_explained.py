"""Every explanation of a figure as HTML with MathML, without anything of LaTeX or Markdown left."""

import re

import pytest

from catsel_core.export.explained import explained
from catsel_core.figures.explanations import explanations
from catsel_core.language import LANGUAGES
from tests.support.languages import speaking


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", explanations())
def test_nothing_of_latex_or_markdown_is_left(name: str, language: str) -> None:
    with speaking(language):
        text = explanations()[name]
    html = explained(text)
    formulas = re.findall(r"\$\$.+?\$\$|\$.+?\$", text, re.DOTALL)
    assert html.count("<math") == html.count("</math>") == len(formulas)
    assert not re.search(r"\$|\\|\*|\ue000|xmlns", html)


def test_formulas_stand_where_they_were() -> None:
    html = explained("Of *two*: $a_1$ and\n\n$$\\frac{b_1}{c_1}$$\n\n**then** $d$.")
    assert html.startswith('<p>Of <em>two</em>: <math display="inline">')
    assert re.search(r'<p><math display="block"><mrow><mfrac>.*</math></p>\n<p><strong>then</strong> <math', html)
    assert [html.index(f"<mi>{name}</mi>") for name in "abcd"] == sorted(
        html.index(f"<mi>{name}</mi>") for name in "abcd"
    )


def test_tables_are_tables_and_markup_is_text() -> None:
    html = explained("| a | b |\n|---|---|\n| 1 | <b> |")
    assert "<td>1</td>" in html
    assert "&lt;b&gt;" in html

"""The HTML that the viewer's scripts fill, in the language that is spoken."""

import html

from catsel_core.language import tr

_CHART = """
<figure class="catsel-chart">
  <div class="head">
    <span class="title"></span>
    <button type="button" class="shuffle" hidden>▶ {shuffle}</button>
    <input type="search" class="find" placeholder="{find}" aria-label="{find}" title="{next}" hidden>
    <span class="save">
      <label class="size" title="{sizes}"
        ><span>▼</span><select class="sheet" aria-label="{size}">
        <option value="">{screen}</option><option value="slide">{slide}</option>
        <option value="a4">A4</option><option value="square">{square}</option>
      </select></label>
      <button type="button" data-format="svg" title="{svg}">SVG</button>
      <button type="button" data-format="png" title="{png}">PNG</button>
      <button type="button" data-format="csv" title="{csv}">CSV</button>
      <button type="button" class="large" aria-label="{present}" aria-pressed="false"
        title="{presented}">⤢</button>
    </span>
  </div>
  <div class="plot" role="img"></div>
  <figcaption aria-live="polite"></figcaption>
  <details class="passages" hidden>
    <summary>{passages}</summary>
    <output></output>
    <div class="two">
      <div><select aria-label="{first}"></select><p></p></div>
      <div><select aria-label="{second}"></select><p></p></div>
    </div>
  </details>
</figure>
"""

_SLIDER = """
<div class="catsel-slider"><div class="row">
  <span class="mark"></span><span class="name"></span><span class="detail"></span>
  <button type="button" class="back" aria-label="{back}">‹</button>
  <input type="range" min="0" step="1" aria-label="{layer}">
  <button type="button" class="forth" aria-label="{forth}">›</button>
  <button type="button" class="play" aria-label="{play}">▶</button>
  <select aria-label="{follow}" hidden></select>
</div></div>
"""

_NEIGHBOURS = """
<div class="catsel-neighbours">
  <div class="head"><span class="title">{title}</span>
    <button type="button" title="{csv}">CSV</button></div>
  <div class="wide"><table>
    <thead><tr><th scope="col">{word}</th><th scope="col">{change}</th><th scope="col">{a}</th>
      <th scope="col">{b}</th></tr></thead>
    <tbody></tbody>
  </table></div>
  <p></p>
</div>
"""


def filled(markup: str, **words: str) -> str:
    """HTML with words at the places that bear their names, as text or as attributes."""
    return markup.format(**{name: html.escape(said) for name, said in words.items()})


def chart_html() -> str:
    """A chart's head, its picture, its reading and the passages behind its cells."""
    return filled(
        _CHART,
        shuffle=tr("Shuffle"),
        find=tr("Find a word"),
        next=tr("Enter: the next"),
        sizes=tr("Size of SVG and PNG: the screen’s; a slide, 1920 × 1080; A4, 160 mm at 300 dpi; square"),
        size=tr("Size of saved pictures"),
        screen=tr("Screen"),
        slide=tr("Slide"),
        square=tr("Square"),
        svg=tr("Download as SVG on white; with Shift, as it looks"),
        png=tr("Download as PNG on white; with Shift, as it looks"),
        csv=tr("Download the data as CSV"),
        present=tr("Present"),
        presented=tr("Present: large, on its own; arrow keys move the layer, Esc ends it"),
        passages=tr("Click a cell to read the two texts behind it, or choose them here"),
        first=tr("First text"),
        second=tr("Second text"),
    )


def slider_html() -> str:
    """A slider with its buttons, and the way in which it follows another one."""
    return filled(
        _SLIDER,
        back=tr("Previous layer"),
        layer=tr("Layer"),
        forth=tr("Next layer"),
        play=tr("Play through the layers"),
        follow=tr("Follow"),
    )


def neighbours_html() -> str:
    """The table of words whose nearest words differ."""
    return filled(
        _NEIGHBOURS,
        title=tr("Words whose neighbourhoods differ most"),
        csv=tr("Download all words as CSV"),
        word=tr("Word"),
        change=tr("Change"),
        a=tr("Nearest in A"),
        b=tr("Nearest in B"),
    )

"""The HTML that the viewer's scripts fill."""

CHART_HTML = """
<figure class="catsel-chart">
  <div class="head">
    <span class="title"></span>
    <button type="button" class="shuffle" hidden>▶ Shuffle</button>
    <input type="search" class="find" placeholder="Find a word" aria-label="Find a word" title="Enter: the next" hidden>
    <span class="save">
      <label class="size" title="Size of SVG and PNG: the screen’s; a slide, 1920 × 1080; A4, 160 mm at 300 dpi; square"
        ><span>▼</span><select class="sheet" aria-label="Size of saved pictures">
        <option value="">Screen</option><option value="slide">Slide</option>
        <option value="a4">A4</option><option value="square">Square</option>
      </select></label>
      <button type="button" data-format="svg" title="Download as SVG on white; with Shift, as it looks">SVG</button>
      <button type="button" data-format="png" title="Download as PNG on white; with Shift, as it looks">PNG</button>
      <button type="button" data-format="csv" title="Download the data as CSV">CSV</button>
      <button type="button" class="large" aria-label="Present" aria-pressed="false"
        title="Present: large, on its own; arrow keys move the layer, Esc ends it">⤢</button>
    </span>
  </div>
  <div class="plot" role="img"></div>
  <figcaption aria-live="polite"></figcaption>
  <details class="passages" hidden>
    <summary>Click a cell to read the two texts behind it, or choose them here</summary>
    <output></output>
    <div class="two">
      <div><select aria-label="First text"></select><p></p></div>
      <div><select aria-label="Second text"></select><p></p></div>
    </div>
  </details>
</figure>
"""

SLIDER_HTML = """
<div class="catsel-slider"><div class="row">
  <span class="mark"></span><span class="name"></span><span class="detail"></span>
  <button type="button" class="back" aria-label="Previous layer">‹</button>
  <input type="range" min="0" step="1" aria-label="Layer">
  <button type="button" class="forth" aria-label="Next layer">›</button>
  <button type="button" class="play" aria-label="Play through the layers">▶</button>
  <select aria-label="Follow" hidden></select>
</div></div>
"""

NEIGHBOURS_HTML = """
<div class="catsel-neighbours">
  <div class="head"><span class="title">Words whose neighbourhoods differ most</span>
    <button type="button" title="Download all words as CSV">CSV</button></div>
  <div class="wide"><table>
    <thead><tr><th scope="col">Word</th><th scope="col">Change</th><th scope="col">Nearest in A</th>
      <th scope="col">Nearest in B</th></tr></thead>
    <tbody></tbody>
  </table></div>
  <p></p>
</div>
"""

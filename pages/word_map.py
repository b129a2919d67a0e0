"""Map: the words in two dimensions at every layer, and how far the map can be trusted."""

from pages.ui import frame

frame.begin("Map")

from catsel_core.figures import of_words as charts
from pages.ui.controls.chosen import words_line
from pages.ui.controls.view import item_or_none_control, map_control
from pages.ui.session import sidebar, visitor
from pages.ui.viewer.components import layer_bar, layer_slider, show_chart
from pages.ui.work import results
from pages.ui.work.charts import chart

session = visitor.session()
sidebar.show_words(session)
session = words_line(session)
analysis = results.analysis(session.word_request())
with layer_bar():
    layer_slider(analysis.model.layers)
    of = map_control()
    word = item_or_none_control(analysis.inputs.items)
show_chart(chart(charts.word_map, analysis, of, word))
results.watch()

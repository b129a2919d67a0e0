"""The mask: every cell of the upper triangle in its contrast, once."""

import numpy as np

from catsel_core.figures import (
    Chart,
    pair_mask,
)
from catsel_core.figures.colors import ACROSS, palette
from catsel_core.inputs.word_lists import MAX_WORDS
from catsel_core.statistics.contrasts import Contrast, category_contrasts
from tests.figures.made_up_words import COLORS, ITEMS, LABELS, PAIRS, category_mask
from tests.support.core_fixtures import plain_items


def masks(chart: Chart) -> dict[str, set[tuple[int, int]]]:
    """The cells of every contrast that has any, by its name."""
    heat = chart.figure.data[0]
    codes = np.asarray(heat.z)
    assert (heat.type, codes.dtype.kind in "iu") == ("heatmap", True)
    assert heat.meta[0] == ""
    cells = {name: {(int(i), int(j)) for i, j in np.argwhere(codes == code)} for code, name in enumerate(heat.meta)}
    del cells[""]
    assert sum(map(len, cells.values())) == np.count_nonzero(codes)
    return {name: found for name, found in cells.items() if found}


def legend(chart: Chart) -> dict[str, str]:
    """Names and colours of the legend, whose traces draw nothing."""
    entries = chart.figure.data[1:]
    assert all(list(trace.x) == list(trace.y) == [None] for trace in entries)
    named = {trace.name: trace.marker.color for trace in entries}
    assert len(named) == len(entries)
    return named


def test_the_mask_covers_the_upper_triangle_exactly_once() -> None:
    chart = category_mask(ITEMS)
    cells = masks(chart)
    assert set(cells) == set(legend(chart)) == {"within fruit", "within sky", "within pets", "across categories"}
    triangle = [(i, j) for i in range(7) for j in range(i + 1, 7)]
    assert sorted(cell for group in cells.values() for cell in group) == triangle
    codes = np.asarray(chart.figure.data[0].z)
    assert codes.dtype == np.int16
    assert not codes[np.tril_indices(7)].any()
    assert chart.readings == (
        "21 pairs above the diagonal: within fruit 3; within sky 1; within pets 1; across categories 16.",
    )


def test_the_mask_puts_each_pair_into_its_contrast() -> None:
    cells = masks(category_mask(ITEMS))
    for name in COLORS:
        assert cells[f"within {name}"] == {
            (i, j) for i in range(7) for j in range(i + 1, 7) if LABELS[i] == LABELS[j] == name
        }
    assert cells["across categories"] == {(i, j) for i in range(7) for j in range(i + 1, 7) if LABELS[i] != LABELS[j]}
    assert len(cells["across categories"]) == PAIRS.n_across == 16


def test_the_mask_leaves_out_categories_without_a_pair_and_counts() -> None:
    chart = category_mask(plain_items(["fruit", "fruit", "sky"]))
    assert set(masks(chart)) == set(legend(chart)) == {"within fruit", "across categories"}
    assert chart.readings == ("3 pairs above the diagonal: within fruit 1; across categories 2.",)


def test_the_mask_has_the_colors_of_the_categories() -> None:
    chart = category_mask(plain_items(["sky", "sky", "pets", "pets"]))
    heat, entries = chart.figure.data[0], legend(chart)
    assert entries == {"within sky": COLORS["sky"], "within pets": COLORS["pets"], "across categories": ACROSS}
    places = [place for place, _ in heat.colorscale]
    assert (places, heat.zmin, heat.zmax) == ([code / 4 for code in range(5)], 0, 4)
    drawn = dict(zip(heat.meta, (color for _, color in heat.colorscale), strict=True))
    assert {name: drawn[name] for name in entries} == entries
    assert drawn["within fruit"] == COLORS["fruit"]
    assert drawn[""].replace(" ", "") == "rgba(0,0,0,0)"


def test_the_mask_of_some_pairs_of_labels_names_what_is_left_out() -> None:
    chosen = (
        Contrast("pets × fruit, sky", (("pets", "fruit"), ("sky", "pets"))),
        Contrast("elsewhere", (("fruit", "sea"), ("sea", "sea"))),
        Contrast("within sky", (("sky", "sky"),)),
    )
    chart = pair_mask(ITEMS, chosen, ("#000001", "#000002", "#000003"))
    assert masks(chart) == {
        "pets × fruit, sky": {(i, j) for i in range(5) for j in (5, 6)},
        "within sky": {(3, 4)},
    }
    assert legend(chart) == {"pets × fruit, sky": "#000001", "within sky": "#000003"}
    assert chart.readings == ("21 pairs above the diagonal: pets × fruit, sky 10; within sky 1; not compared 10.",)


def test_the_mask_does_not_depend_on_the_order_of_the_items() -> None:
    chart = category_mask(plain_items(["sky", "fruit", "sky", "fruit"]))
    assert masks(chart) == {
        "within sky": {(0, 2)},
        "within fruit": {(1, 3)},
        "across categories": {(0, 1), (0, 3), (1, 2), (2, 3)},
    }


def test_large_masks_have_thousands_separators() -> None:
    (reading,) = category_mask(plain_items(["fruit"] * 60 + ["sky"] * 60)).readings
    assert reading == ("7,140 pairs above the diagonal: within fruit 1,770; within sky 1,770; across categories 3,600.")


def test_the_mask_takes_as_many_categories_as_a_list_can_have() -> None:
    labels = ["c0", *(f"c{number}" for number in range(MAX_WORDS - 1))]
    contrasts = category_contrasts(tuple(dict.fromkeys(labels)))
    cells = masks(pair_mask(plain_items(labels), contrasts, ("#000000",) * len(contrasts)))
    assert cells["within c0"] == {(0, 1)}
    assert len(cells["across categories"]) == MAX_WORDS * (MAX_WORDS - 1) // 2 - 1


def test_the_reading_of_many_comparisons_names_the_largest() -> None:
    labels = [f"c{number}" for number in range(12) for _ in range(number + 2)]
    (reading,) = pair_mask(
        plain_items(labels), category_contrasts(tuple(dict.fromkeys(labels))), ("#000000",) * 13
    ).readings
    start, *parts = reading.rstrip(".").split("; ")
    assert start == "4,005 pairs above the diagonal: within c5 21"
    assert parts[-2:] == ["across categories 3,641", f"others {1 + 3 + 6 + 10 + 15:,}"]
    assert len(parts) == 8


def test_the_mask_of_many_categories_has_keys_in_its_cells_and_a_legend_below() -> None:
    names = [f"category {number}" for number in range(10)]
    items = plain_items([name for name in names for _ in range(4)])
    colors = palette(len(names))
    chart = pair_mask(items, category_contrasts(names), (*colors, ACROSS))
    assert chart.figure.layout.legend.y == 0
    assert [trace.name for trace in chart.figure.data[1:]] == [
        *(f"<b>{key}</b> within {name}" for key, name in zip("ABCDEFGHIJ", names, strict=True)),
        "<b>K</b> across categories",
    ]
    notes = chart.figure.layout.annotations
    assert [note.text for note in notes] == list("ABCDEFGHIJ")
    codes = np.asarray(chart.figure.data[0].z)
    assert [codes[round(note.y), round(note.x)] for note in notes] == list(range(1, 11))


def test_the_mask_of_few_categories_has_no_keys() -> None:
    chart = category_mask(ITEMS)
    assert not chart.figure.layout.annotations
    assert chart.figure.layout.legend.y > 1

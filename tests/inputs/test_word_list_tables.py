"""Tables of words: columns under many names or none, what is left out, and what can be read in two ways."""

import functools

import pytest

from catsel_core.errors import InputError
from catsel_core.inputs.word_list_files import parse_text
from catsel_core.inputs.word_lists import PALETTE, Category, WordList
from tests.support.steps import steps

FRUIT = {"fruit": ("apple", "pear"), "tool": ("saw", "drill")}


def plain(words: WordList) -> dict[str, tuple[str, ...]]:
    return {category.name: category.words for category in words.categories}


def refused(text: str, has_header: bool | None = None) -> str:
    with pytest.raises(InputError) as caught:
        parse_text(text, has_header)
    return str(caught.value)


def rows(header: str, between: str = ",", turned: bool = False) -> str:
    pairs = [(name, word) for name, words in FRUIT.items() for word in words]
    lines = [between.join(reversed(pair) if turned else pair) for pair in pairs]
    return "\n".join([*([header] if header else []), *lines])


@pytest.mark.parametrize("separator", [",", ";", "\t", "，", "、", "،"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, end: str) -> None:
    lines = ["category,word", "a,x", "", "b,y z", " , ", "a,u"]
    reading = parse_text(end.join(line.replace(",", separator) for line in lines))
    assert plain(reading.content) == {"a": ("x", "u"), "b": ("y z",)}
    assert (reading.remarks, reading.has_header) == ((), None)


def test_columns_are_found_by_name_in_any_order_and_case() -> None:
    reading = parse_text("note, Word ,CATEGORY,color\nq,x,a,\nq,y,b,#000001\nq,z,b,#ffffff\n")
    assert reading.content.categories == (Category("a", ("x",), PALETTE[0]), Category("b", ("y", "z"), "#000001"))
    assert reading.remarks == ("columns left out: “note”",)


@pytest.mark.parametrize(
    ("header", "turned"),
    [
        *(("kategorie,item", False), ("Group;Wort".replace(";", ","), False), ("mot,catégorie", True)),
        *(("palabra,CATEGORÍA", True), ("class,token", False), ("word,label", True), ("concept,category", True)),
        *(("category,concept", False), ("group,concept", False), ("word,concept", True), ("类别,词", False)),
        *(("категория,слово", False), ("category,ding", False), ("ding,word", False), ("thema,begriff", False)),
    ],
)
def test_other_names_of_the_two_columns_are_known_and_said(header: str, turned: bool) -> None:
    reading = parse_text(rows(header, turned=turned))
    assert plain(reading.content) == FRUIT
    (remark,) = reading.remarks
    assert remark.startswith("columns ")
    assert "→" in remark


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
@pytest.mark.parametrize("turned", [False, True])
def test_two_columns_without_names_are_told_apart_by_repetition(between: str, turned: bool) -> None:
    reading = parse_text(rows("", between, turned))
    assert plain(reading.content) == FRUIT
    assert reading.remarks == ("no header row", f"column {2 if turned else 1} read as category")
    assert reading.has_header is False


def test_an_unknown_first_row_is_guessed_to_be_names_and_may_be_chosen_not_to_be() -> None:
    text = rows("Oberthema,Ding")
    reading = parse_text(text)
    assert plain(reading.content) == FRUIT
    assert reading.remarks[0] == "first row read as names of columns (“Oberthema”, “Ding”)"
    assert reading.has_header is True
    assert plain(parse_text(text, has_header=False).content) == {"Oberthema": ("Ding",), **FRUIT}
    assert plain(parse_text(rows(""), has_header=True).content) == {"fruit": ("pear",), "tool": ("saw", "drill")}


def test_comments_at_the_beginning_are_left_out() -> None:
    reading = parse_text(f"# my scheme, 2023\n# second: line\n{rows('')}")
    assert plain(reading.content) == FRUIT
    assert reading.remarks[0] == "2 comment lines left out"


def test_a_spreadsheet_with_a_category_in_each_column() -> None:
    reading = parse_text("fruit\ttools\npear\thammer\nplum\t\n\tsaw\n")
    assert plain(reading.content) == {"fruit": ("pear", "plum"), "tools": ("hammer", "saw")}
    assert reading.remarks == ("first row read as names of the categories, a category in each column",)
    comma = parse_text("nouns,verbs\nice cream,run\npear,go\nplum,see\n")
    assert plain(comma.content) == {"nouns": ("ice cream", "pear", "plum"), "verbs": ("run", "go", "see")}


def test_rows_that_begin_with_their_category() -> None:
    reading = parse_text("fruit,apple,pear,plum\ntool,saw,hammer\n")
    assert plain(reading.content) == {"fruit": ("apple", "pear", "plum"), "tool": ("saw", "hammer")}
    assert reading.remarks == ("first cell of each row read as its category",)
    columns = parse_text("fruit;apple, ice cream, pear\ntools;saw\n")
    assert plain(columns.content) == {"fruit": ("apple", "ice cream", "pear"), "tools": ("saw",)}


def test_a_table_that_is_as_wide_as_long_is_refused_until_somebody_says_how_to_read_it() -> None:
    text = "fruit,apple,pear\ntool,saw,drill\nx,y,z"
    assert refused(text).startswith(
        "The table can be read with a category in each column (“fruit”, “apple”, “pear”) "
        "or in each row (“fruit”, “tool”, “x”)."
    )
    assert plain(parse_text(text, True).content)["apple"] == ("saw", "y")
    assert plain(parse_text(text, False).content)["tool"] == ("saw", "drill")


def test_cells_beyond_the_header_are_words_or_refused_and_never_dropped() -> None:
    reading = parse_text("category,word\nfruit,apple,pear\ntool,saw,,axe,\nfruit,fig\n")
    assert plain(reading.content) == {"fruit": ("apple", "pear", "fig"), "tool": ("saw", "axe")}
    assert reading.remarks == ("cells beyond the last column read as words in 2 rows",)
    said = refused("word,category\napple,fruit,pear\n")
    assert said.startswith("Row 2 of the CSV has 3 cells, the first row 2: ['apple', 'fruit', 'pear'].")


@pytest.mark.parametrize(
    "text", ["apple\t120\npear\t80\nplum\t33", "word,freq\napple,120\npear,80", "apple;1,5\nfig;2,0"]
)
def test_numbers_beside_words_without_categories_are_no_words(text: str) -> None:
    assert "only numbers" in refused(text) or "it has “word”, “freq”" in refused(text)


def test_numbers_beside_categories_are_left_out_and_said() -> None:
    reading = parse_text("fruit,apple,120\nfruit,pear,80\ntool,saw,7\ntool,drill,5\n")
    assert plain(reading.content) == FRUIT
    assert "columns of numbers left out: 3" in reading.remarks
    named = parse_text("category,word,freq\nfruit,apple,120\n")
    assert named.remarks == ("columns left out: “freq”",)


def test_numbers_may_be_words_where_all_are() -> None:
    assert plain(parse_text("even\todd\n2\t1\n4\t3\n6\t5\n").content) == {
        "even": ("2", "4", "6"),
        "odd": ("1", "3", "5"),
    }


def test_quotes_protect_separators_and_several_words_in_a_cell_are_several() -> None:
    reading = parse_text('category,word\n"a, b","say ""hi"""\na,"x, y"\n')
    assert plain(reading.content) == {"a, b": ('say "hi"',), "a": ("x", "y")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,word\na,x\n", "The CSV needs a first row with the columns category and word; it has “name”, “word”."),
        ("category,word\na,x\n\nb,\n", "Row 4 of the CSV has no word: ['b', '']."),
        ("category,word\na,x\nb\n", "Row 3 of the CSV has no word: ['b']."),
        ("category,word\n ,x\n", "Row 2 of the CSV has no category: [' ', 'x']."),
        ("category,word,color\na,x,red\n", "Colour “red” of category “a” must look like #1f77b4."),
        ("gruppe,klasse,wort\na,b,c\n", "Several columns could be the category: “gruppe”, “klasse”. Call one of them"),
        ("", "There are no words in the list."),
        ("just words", "The list was read as 1 line without categories: “just words”. Write a line for each"),
        ("apple, pear, saw", "The list was read as a single row of cells (“apple”, “pear”, “saw”), without"),
        ("category\na\n", "The CSV needs a first row with the columns category and word; it has “category”."),
    ],
)
def test_what_cannot_be_read_is_named_with_a_way_out(text: str, message: str) -> None:
    assert refused(text).startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "{long}",
        "{long},{long}",
        "{long},{long},{long}\nx,y,z\nu,v,w",
        "category,word\n{long},",
        "{long},group,class\na,b,c",
        "{long}\t12\nb\t13\nc\t14",
        "fruit: apple\n{long}",
        "fruit: {long} {long}",
        '{{"a": {{"b": "{long}"}}}}',
        '{{"{long}": 1}}',
        '{{"{long}": [1]}}',
        "category,word,color\n{long},b,{long}",
        'a,b\n"{long}"x,y',
    ],
)
def test_no_refusal_is_longer_than_a_few_lines(text: str) -> None:
    said = refused(text.format(long="x" * 200_000)[:600_000])
    assert len(said) < 600
    assert "\n" not in said


def test_a_wide_and_long_table_is_read_cell_by_cell() -> None:
    def by_columns(count: int) -> str:
        header = "\t".join(f"c{at}" for at in range(count))
        return "\n".join([header, *(f"w{at}" for at in range(count))])

    def by_rows(count: int) -> str:
        return "\n".join(["category,word" + ",c" * count, *(f"a,w{at}" for at in range(count))])

    for text in (by_columns, by_rows):
        few, many = text(20), text(200)
        assert steps(functools.partial(parse_text, many)) < 12 * steps(functools.partial(parse_text, few))


@pytest.mark.parametrize("header", ["category,word\n", "Kategorie,Wort\n", "word list,kind of thing\n", ""])
@pytest.mark.parametrize("blank_line", ["", ",\n"])
def test_cells_that_a_spreadsheet_has_merged_are_the_category_above(header: str, blank_line: str) -> None:
    rows = f"fruit,apple\n,pear\n,plum\n{blank_line}tools,hammer\n,saw\n,axe\n"
    reading = parse_text(header + rows)
    assert plain(reading.content) == {"fruit": ("apple", "pear", "plum"), "tools": ("hammer", "saw", "axe")}
    assert "empty cells read as the category above" in reading.remarks


def test_merged_cells_before_several_words() -> None:
    reading = parse_text("fruit,apple,pear\n,plum,fig\ntools,hammer,saw\n,axe,drill")
    assert plain(reading.content) == {
        "fruit": ("apple", "pear", "plum", "fig"),
        "tools": ("hammer", "saw", "axe", "drill"),
    }


def test_an_empty_cell_among_categories_that_repeat_is_a_mistake() -> None:
    assert "Row 4 of the CSV has no category" in refused(
        "category,word\nfruit,apple\nfruit,pear\n,plum\ntools,saw\ntools,axe"
    )
    assert "Row 2 of the CSV has no category" in refused("category,word\n,apple\nfruit,pear\ntools,saw")


def test_gaps_in_a_column_of_two_are_not_guessed_at() -> None:
    said = refused("fruit,tools\napple,hammer\n,saw\npear,axe\nplum,drill")
    assert said.startswith("The table can be read with a category in each column (“fruit”, “tools”) or in each row")
    assert plain(parse_text("fruit,tools\napple,hammer\n,saw\npear,axe\nplum,drill", True).content) == {
        "fruit": ("apple", "pear", "plum"),
        "tools": ("hammer", "saw", "axe", "drill"),
    }

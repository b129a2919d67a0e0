"""Lists from spreadsheets, notes and programs: read as they are meant, or refused in a sentence, and never misread."""

import pytest

from catsel_core.errors import InputError
from catsel_core.inputs.sentence_files import parse_sentence_text
from catsel_core.inputs.word_list_checks import check
from catsel_core.inputs.word_list_files import parse_text
from catsel_core.inputs.word_lists import WordList, make_word_list, split_words
from catsel_core.inputs.word_marks import is_number

FRUIT = {"fruit": ("apple", "pear"), "tool": ("saw", "axe")}


def plain(words: WordList) -> dict[str, tuple[str, ...]]:
    return {category.name: category.words for category in words.categories}


@pytest.mark.parametrize(
    "text",
    [
        "category | word\n--- | ---\nfruit | apple\nfruit | pear\ntool | saw\ntool | axe\n",
        "|fruit|tool|\n|:--|--:|\n|apple|saw|\n|pear|axe|\n",
        "sep=;\r\ncategory;word\r\nfruit;apple\r\nfruit;pear\r\ntool;saw\r\ntool;axe\r\n",
        "fruit: [apple, pear]\ntool: [saw, axe]\n",
        "'fruit': ['apple', 'pear']\n'tool': ['saw', 'axe']\n",
        '"fruit": "apple", "pear"\n"tool": "saw", "axe"',
        "fruit: “apple”, “pear”\ntool: “saw”, “axe”",
        "fruit => apple, pear\ntool => saw, axe",
        "## fruit\n- **apple**\n- pear\n## tool\n- [saw](https://example.org/saw)\n- axe\n",
        "fruit\na. apple\nb. pear\ntool\na. saw\nb. axe",
        "\u200ffruit: apple, \u200bpear\ntool: saw, axe\u00ad",
        '{"category": ["fruit", "fruit", "tool", "tool"], "word": ["apple", "pear", "saw", "axe"]}',
    ],
)
def test_what_stands_around_the_words_is_no_part_of_them(text: str) -> None:
    assert plain(parse_text(text).content) == FRUIT


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("fruit\napple,12\npear,3\ntool\nsaw,4\naxe,1\n", "numbers beside the words left out"),
        ("fruit: apple (12), pear (3)\ntool: saw (4), axe (1)\n", "numbers in brackets left out"),
        ("fruit,apple,.87\nfruit,pear,NA\ntool,saw,1e-5\ntool,axe,8.7 (1.2)\n", "columns of numbers left out: 3"),
        (
            "fruit,apple,#ff0000\nfruit,pear,#ff0000\ntool,saw,#00ff00\ntool,axe,#00ff00",
            "columns of numbers left out: 3",
        ),
        ("category: fruit\nwords: apple, pear\n\ncategory: tool\nwords: saw, axe", "names of fields"),
        ("Name: fruit\nWords: apple, pear\nName: tool\nWords: saw, axe", "names of fields"),
        ("Kategorie: Wörter\nfruit: apple, pear\ntool: saw, axe", "first line read as names of columns"),
        ("|fruit|apple|\n||pear|\n|tool|saw|\n||axe|\n", "empty cells read as the category above"),
        ('{"about": "toys", "fruit": ["apple", "pear"], "tool": ["saw", "axe"]}', "left out, since it is no list"),
    ],
)
def test_what_is_left_out_is_said(text: str, remark: str) -> None:
    reading = parse_text(text)
    assert plain(reading.content) == FRUIT
    assert any(remark in said for said in reading.remarks)


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("[[],[]]", "There are no words"),
        ('[{"a":"","b":""}]', "without categories"),
        ("Wort;Sinn\nBank;Geld\nBank;Sitz\nSchloss;Tür\nSchloss;Burg\n", "“wort” is called as if words stood in it"),
        ("apple,120\npear,80\nsaw,NA\naxe,7\n", "Column 2 has only numbers"),
        ("Item,Valence\nlove,.87\nwar,.21\nhouse,.51\n", "Column 2 has only numbers"),
        (
            "## fruit\n- apple: red\n- pear\n## tool\n- saw: cuts\n- axe\n",
            "Line 2 stands under a heading and has a colon",
        ),
        ("# fruit\napple = Apfel\npear = Birne\n# tool\nsaw = Säge\n", "Line 2 stands under a heading and has a colon"),
        ("fruit: apple, pear; tool: saw, axe\nspace: moon, sun", "The line of “fruit” has several categories"),
        ("fruit, apple\npear\nplum\ntool, saw\naxe\n", "can be read with a category in each column"),
    ],
)
def test_what_may_be_meant_otherwise_is_refused(text: str, clue: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_text(text)
    assert clue in str(caught.value)


def test_an_empty_first_cell_of_a_markdown_table_is_a_cell() -> None:
    reading = parse_text("|fruit|tool|\n|---|---|\n|apple|saw|\n|pear|axe|\n||drill|\n")
    assert plain(reading.content) == {"fruit": ("apple", "pear"), "tool": ("saw", "axe", "drill")}


def test_initials_are_a_part_of_a_name() -> None:
    reading = parse_text("# bacteria\nE. coli\nB. subtilis\n# fungi\nC. albicans\nA. niger\n")
    assert plain(reading.content) == {"bacteria": ("E. coli", "B. subtilis"), "fungi": ("C. albicans", "A. niger")}


def test_a_category_beside_a_name_and_its_items_is_a_category() -> None:
    reading = parse_text('{"type": "animals", "items": ["cat", "dog"], "plants": ["oak", "fern"]}')
    assert plain(reading.content) == {"items": ("cat", "dog"), "plants": ("oak", "fern")}
    assert reading.remarks == ("left out, since it is no list of words: “type”",)


@pytest.mark.parametrize("before", ["", "sep=;\n"])
@pytest.mark.parametrize("between", ["|", ";"])
def test_sentences_have_the_same_frames(before: str, between: str) -> None:
    rule = "--- | --- | ---\n" if between == "|" else ""
    text = f"{before}group {between} text {between} target\n{rule}"
    rows = (("b/r", "we sat on the bank", "bank"), ("b/m", "the bank closed", "bank"))
    text += "\n".join(f" {between} ".join(row) for row in rows)
    assert [(s.group, s.text, s.target) for s in parse_sentence_text(text).content] == list(rows)


@pytest.mark.parametrize("mark", ["\u200b", "\u200f", "\u202b", "\u00ad", "\u2060", "\ufeff"])
def test_marks_that_are_not_seen_are_no_part_of_a_word(mark: str) -> None:
    made = make_word_list([(f"{mark}a", [f"ap{mark}ple", mark, "pear"]), ("b", ["plum"])])
    assert [(category.name, category.words) for category in made.categories] == [
        ("a", ("apple", "pear")),
        ("b", ("plum",)),
    ]
    assert split_words(f"{mark}apple, {mark}") == ("apple",)
    assert [finding for finding in check(made) if finding.level == "error"] == []


def test_joiners_stay() -> None:
    family, persian = "👩\u200d👧", "می\u200cروم"
    assert split_words(f"{family}, {persian}") == (family, persian)


@pytest.mark.parametrize(
    "cell", ["12", "-3.5", "1,234", "12 %", ".87", "1e-5", "8.7 (1.2)", "< 1", "$ 12", "#ff0000", "± 2"]
)
def test_numbers_in_all_their_forms(cell: str) -> None:
    assert is_number(cell)


@pytest.mark.parametrize("begins", ["1", "<", "1 (", ".5", "1e5", "12 %"])
@pytest.mark.parametrize("goes_on", [" ", "1", "1 ", "."])
def test_a_cell_of_a_hundred_thousand_characters_is_looked_at_once(begins: str, goes_on: str) -> None:
    assert not is_number(f"{begins}{goes_on * 100_000}x")


@pytest.mark.parametrize("rule", ["---", "=====", "–––", "___"])
@pytest.mark.parametrize("between", ["", "\n"])
def test_lines_under_headings_are_no_words(rule: str, between: str) -> None:
    reading = parse_text(f"fruit\n{rule}\napple\npear\n{between}tools\n{rule}\nsaw\nhammer\n")
    assert plain(reading.content) == {"fruit": ("apple", "pear"), "tools": ("saw", "hammer")}


def test_what_is_written_under_a_title_is_no_category() -> None:
    reading = parse_text("# My list\nWords for the class.\n\n## fruit\n- apple\n- pear\n\n## tools\n- saw\n- hammer\n")
    assert plain(reading.content) == {"fruit": ("apple", "pear"), "tools": ("saw", "hammer")}
    assert reading.remarks == ("left out, since no word stands under it: “My list”, “Words for the class.”",)


def test_words_without_bullets_under_the_first_heading_stay() -> None:
    reading = parse_text("# fruit\napple\npear\n## tools\nsaw\nhammer\n")
    assert plain(reading.content) == {"fruit": ("apple", "pear"), "tools": ("saw", "hammer")}


def test_what_stands_beside_words_in_json_is_said() -> None:
    reading = parse_text(
        '[{"category": "fruit", "example": "fig", "items": ["apple"]}, {"name": "tool", "words": ["saw"]}]'
    )
    assert plain(reading.content) == {"fruit": ("apple",), "tool": ("saw",)}
    assert reading.remarks == ("left out, since it is no list of words: “example”",)

"""Sentences as files, written and read back, and how the bundled senses are built."""

import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs.sentence_files import bundled_senses, parse_sentence_text, parse_sentences, to_csv
from catsel_core.inputs.sentences import FIELDS, Sentence, checked, findings, sentence_items, target_span
from catsel_core.inputs.tables import MAX_FILE_BYTES
from catsel_core.models import find as models
from tests.support.core_fixtures import property_test
from tests.support.sentences import TIDY, made

WORDS = ("bank", "spring", "light", "bat", "match", "pitch", "seal", "trunk")

# Words of grammar and the small words of every story; all others are cues, each in two sentences of a sense at most.
_FUNCTION_WORDS = """
a about after against all an and around as at be because been before behind but by could for from had has have he her
his if in into is it its like my near no not of off on one or our out she so than that the their they this to two under
until was we were when where which while who with
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.lower())


def before(sentence: Sentence) -> list[str]:
    return words_of(sentence.text[: target_span(sentence)[0]])


def senses_of(word: str) -> dict[str, list[Sentence]]:
    made: dict[str, list[Sentence]] = {}
    for sentence in bundled_senses():
        if sentence.target == word:
            made.setdefault(sentence.group, []).append(sentence)
    return made


# The bundled senses


def test_the_bundled_set_has_eight_words_of_two_senses_with_eight_sentences_each() -> None:
    sentences = bundled_senses()
    assert tuple(dict.fromkeys(sentence.target for sentence in sentences)) == WORDS
    for word in WORDS:
        assert [len(found) for found in senses_of(word).values()] == [8, 8]
        assert all(group.startswith(f"{word}/") for group in senses_of(word))
    assert len({sentence.text for sentence in sentences}) == 128
    assert bundled_senses() is sentences


def test_the_bundled_set_leaves_nothing_to_say() -> None:
    assert findings(bundled_senses()) == ()


@pytest.mark.parametrize("sentence", bundled_senses(), ids=lambda sentence: sentence.text[:30])
def test_a_bundled_sentence_has_its_target_once_inside(sentence: Sentence) -> None:
    assert sentence.text.lower().count(sentence.target) == 1
    assert re.search(rf" {sentence.target}(?!\w)", sentence.text)
    assert 8 <= len(words_of(sentence.text)) <= 22
    assert len(before(sentence)) >= 8
    assert sentence.text.isascii()
    assert sentence.text[0].isupper()
    assert sentence.text.endswith(".")


@pytest.mark.parametrize("word", WORDS)
def test_the_two_words_before_a_bundled_target_say_nothing_about_its_sense(word: str) -> None:
    one, other = (sorted(before(sentence)[-2:] for sentence in found) for found in senses_of(word).values())
    assert one == other


@pytest.mark.parametrize("word", WORDS)
def test_only_a_few_words_come_right_before_a_bundled_target(word: str) -> None:
    last = {before(sentence)[-1] for found in senses_of(word).values() for sentence in found}
    degrees = {"so", "very", "quite", "still", "too", "surprisingly"}
    assert last <= (degrees if word == "light" else {"the", "a", "that", "this", "their"})


@pytest.mark.parametrize("word", WORDS)
def test_bundled_targets_stand_equally_late_in_both_senses(word: str) -> None:
    one, other = (sum(len(before(sentence)) for sentence in found) / 8 for found in senses_of(word).values())
    assert abs(one - other) <= 0.5


@pytest.mark.parametrize("word", WORDS)
def test_no_cue_rules_a_bundled_sense(word: str) -> None:
    for found in senses_of(word).values():
        counts = Counter(cue for sentence in found for cue in set(words_of(sentence.text)))
        often = {cue for cue, count in counts.items() if count > 2}
        assert often - FUNCTION_WORDS == {word}


def test_no_bundled_sentence_is_a_template_of_another() -> None:
    runs: Counter[tuple[str, ...]] = Counter()
    for sentence in bundled_senses():
        words = words_of(sentence.text)
        runs.update({tuple(words[at : at + 5]) for at in range(len(words) - 4)})
    assert [run for run, count in runs.items() if count > 1] == [("it", "was", "not", "very", "light")]


@pytest.mark.bundled
@pytest.mark.parametrize("word", WORDS)
def test_a_bundled_target_is_the_same_token_everywhere(word: str) -> None:
    tokens = models.tokenizer_of(models.find_model())
    items = [item for item in sentence_items(bundled_senses(), "drop", tokens).items if item.label == word]
    assert len(items) == 16
    assert {item.pieces for item in items} == {(f" {word}",)}
    assert len({item.token_ids[slice(*item.target)] for item in items}) == 1


# Files


@property_test
@given(st.lists(st.builds(Sentence, TIDY, TIDY, TIDY), max_size=5).map(tuple))
def test_csv_round_trip(sentences: tuple[Sentence, ...]) -> None:
    assert parse_sentences(to_csv(sentences).encode()).content == sentences
    assert parse_sentences(to_csv(sentences).encode("utf-16")).content == sentences


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-ing", "@home", "'=x", "''+", "'tis", "'\t'-", "'", 'say "x"', "a,b;c", "x\r\ny", "x\ry", "银行"],
)
def test_odd_cells_come_back(cell: str) -> None:
    sentences = (Sentence(cell, f"{cell} y", cell),)
    assert parse_sentences(to_csv(sentences).encode()).content == sentences


def test_the_bundled_set_comes_back() -> None:
    assert parse_sentences(to_csv(bundled_senses()).encode()).content == bundled_senses()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_columns_are_found_by_name_in_any_order_and_case(separator: str, end: str) -> None:
    rows = ["Note, TARGET ,text,Group", "n,bank, the bank ,a", "", " , ,,", ",bank,a bank,b"]
    text = end.join(row.replace(",", separator) for row in rows)
    reading = parse_sentences(text.encode())
    assert reading.content == made("a|the bank|bank", "b|a bank|bank")
    assert reading.remarks == ("columns left out: “note”",)


def test_a_file_of_windows_and_one_with_a_mark_are_read() -> None:
    text = "group,text,target\na,das große Schloß,Schloß\n"
    for encoding in ("cp1252", "utf-8-sig", "utf-16"):
        assert parse_sentences(text.encode(encoding)).content == made("a|das große Schloß|Schloß")


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("", "The CSV needs a first row with the columns group, text and target; it has nothing."),
        ("group,text\n", "The CSV needs a first row with the columns group, text and target; it has “group”, “text”."),
        ("group,text,target\na,the bank,bank\n\nb,a bank,\n", "Row 4 of the CSV has no target: ['b', 'a bank', '']."),
        ("group,text,target\na\n", "Row 2 of the CSV has no text: ['a']."),
        ("group,text,target\n ,a bank,bank\n", "Row 2 of the CSV has no group: [' ', 'a bank', 'bank']."),
        (
            "group,text,target\na,so, a bank,bank\n",
            "Row 2 of the CSV has 4 cells, the first row 3: ['a', 'so', ' a bank', 'bank']. Put a text",
        ),
        ('group,text,target\na,"x\n', "The CSV cannot be read: "),
    ],
)
def test_csv_errors(text: str, clue: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_sentences(text.encode())
    assert str(caught.value).startswith(clue)


def test_files_that_are_too_large_or_no_text_are_refused() -> None:
    with pytest.raises(InputError, match=r"1,000,001 bytes; a sentence list may have 1,000,000"):
        parse_sentences(b"x" * (MAX_FILE_BYTES + 1))
    with pytest.raises(InputError, match="not text"):
        parse_sentences(b"group,text,target\na,x\0y,x\n")


@pytest.mark.parametrize(
    "header",
    [
        "Sense,Sentence,Word",
        "sense;sentence;target",
        "Bedeutung,Satz,Wort",
        "meaning\tcontext\tkeyword",
        "组，句子，词",
    ],
)
def test_other_names_of_the_columns_are_known_and_said(header: str) -> None:
    between = next(sign for sign in ",;\t，" if sign in header)
    text = f"{header}\na,the bank,bank\nb,a bank,bank".replace(",", between)
    reading = parse_sentence_text(text)
    assert reading.content == made("a|the bank|bank", "b|a bank|bank")
    assert reading.remarks[0].startswith("columns ")


def test_the_headings_of_the_table_on_the_page_are_read() -> None:
    assert parse_sentence_text("Word,Sense,Sentence\nbank,a,the bank\n").content == made("a|the bank|bank")


@pytest.mark.parametrize("order", ["group,text,target", "target,group,text", "text,target,group"])
def test_columns_without_names_are_told_apart_by_the_target_in_the_text(order: str) -> None:
    rows = [("river", "They sat on the bank", "bank"), ("money", "She robbed a bank", "bank")]
    fields = dict(zip(FIELDS, zip(*rows, strict=True), strict=True))
    text = "\n".join("\t".join(row) for row in zip(*(fields[name] for name in order.split(",")), strict=True))
    reading = parse_sentence_text(text)
    assert reading.content == tuple(Sentence(*row) for row in rows)
    assert reading.remarks == (f"no header row, columns read as {order.replace(',', ', ')}",)
    assert reading.has_header is False
    named = parse_sentence_text(f"x\ty\tz\n{text}", has_header=True)
    assert named.content == reading.content


def test_columns_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(InputError, match="needs a first row with the columns group, text and target"):
        parse_sentence_text("bank\tthe bank of a bank\tthe bank\nbank\ta bank is a bank\ta bank\n")


def test_a_text_that_begins_with_a_quotation_mark_is_read_between_tabs() -> None:
    text = 'group\ttext\ttarget\nriver\t"Stop," she said by the bank\tbank\nmoney\tThe bank\tbank\n'
    assert parse_sentence_text(text).content == made('river|"Stop," she said by the bank|bank', "money|The bank|bank")


def test_letters_with_accents_are_the_same_however_they_are_written() -> None:
    text = "group,text,target\né,un café,cafe\u0301\n"
    assert parse_sentence_text(text).content == made("é|un café|café")
    (sentence, *_) = checked(made("a|un café|cafe\u0301", "a|le café|café", "b|ce café|café"))
    assert sentence == Sentence("a", "un café", "café")


def test_other_letters_are_read_as_such_or_in_the_encoding_that_is_named() -> None:
    text = "group,text,target\nрека,он стоял на берегу,берегу\nморе,тихий берег моря,берег\n"
    reading = parse_sentences(text.encode("cp1251"))
    assert reading.content == parse_sentence_text(text).content
    assert reading.remarks == ("read as Windows-1251 (Cyrillic)",)
    assert parse_sentences(text.encode("koi8-r"), "koi8-r").content == reading.content


# Merged cells and JSON

ROWS = [("bank/river", "We sat on the bank.", "bank"), ("bank/river", "A steep bank rose.", "bank")]
ROWS += [("bank/money", "She went to the bank.", "bank"), ("bank/money", "The bank had closed.", "bank")]
SENTENCES = tuple(Sentence(*row) for row in ROWS)


def test_cells_that_a_spreadsheet_has_merged_are_the_sense_and_the_word_above() -> None:
    text = "word,sense,sentence\nbank,bank/river,We sat on the bank.\n,,A steep bank rose.\n"
    text += ",bank/money,She went to the bank.\n,,The bank had closed.\n"
    reading = parse_sentence_text(text)
    assert reading.content == SENTENCES
    assert reading.remarks[1:] == ("empty cells read as the sense above", "empty cells read as the word above")


def test_an_empty_sense_among_senses_that_repeat_is_a_mistake() -> None:
    text = to_csv(SENTENCES).replace("bank/money,The", ",The")
    with pytest.raises(InputError, match="Row 5 of the CSV has no group"):
        parse_sentence_text(text)


RECORDS = [dict(zip(FIELDS, row, strict=True)) for row in ROWS]
OTHER_NAMES = [{"Word": target, "Sense": group, "Sentence": text, "id": 7} for group, text, target in ROWS]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(RECORDS),
        json.dumps(OTHER_NAMES),
        json.dumps({"about": "two senses", "sentences": RECORDS}),
        json.dumps({"catsel_session": 1, "sentences": {"sentences": RECORDS, "pooling": "last"}}),
        "\n".join(map(json.dumps, RECORDS)),
    ],
)
def test_sentences_in_json(content: str) -> None:
    reading = parse_sentences(content.encode())
    assert reading.content == SENTENCES
    assert ("left out: “about”" in reading.remarks) == ("two senses" in content)


@pytest.mark.parametrize("content", ["[]", "[1, 2]", '{"a": 1}', '[{"a": "b", "c": "d"}]', '{"a": [], "b": {}}'])
def test_json_of_another_form_is_refused_with_the_form(content: str) -> None:
    with pytest.raises(InputError, match=r'^The JSON must look like \[\{"group": "bank/river"'):
        parse_sentence_text(content)


def test_json_that_is_broken_is_refused() -> None:
    with pytest.raises(InputError, match="The JSON cannot be read"):
        parse_sentence_text('[{"group": ')

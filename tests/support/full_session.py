"""A session in which every field has another value than at first."""

from catsel_core.analyses.contexts import Bins
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.sentences import Sentence
from catsel_core.inputs.text_references import OwnText
from catsel_core.inputs.word_lists import make_word_list
from catsel_core.session import (
    ContextsChoice,
    ContrastChoice,
    ModelChoice,
    SentencesChoice,
    Session,
    SideChoice,
    View,
    WordsChoice,
)
from catsel_core.statistics.clusters import Ordering
from catsel_core.statistics.measures import Basis

FULL = Session(
    ModelChoice("someone/model@v1", "bfloat16"),
    WordsChoice(
        make_word_list([("früh & spät", ["<b>", "Ärger", "ice cream"]), ("שלום", ["א", "ب"])], ["#123456", "#abcdef"]),
        "“{word}”, she said",
        "mean",
        "all-but-the-top",
        Basis("text", 3),
        ("x {word}", "{word} y"),
    ),
    ContextsChoice(
        OwnText("0123456789abcdef" * 4, "My text", True),
        ("one", "two words"),
        WindowChoice(7, None, True, 3, True),
        "mean",
        ContrastChoice("own", ((("one", "one"), "C"), (("one", "two words"), ""))),
        "centred",
        Basis("text", 7),
    ),
    SentencesChoice(
        (Sentence("a/1", "The bank", "bank"), Sentence("a/1", "A bank", "bank"), Sentence("b", "b", "b")),
        "drop",
        "zscored",
        Basis("text", 1),
    ),
    SideChoice("x {word}", "drop", "bundled", "float32", "spearman", Basis("text", 2)),
    SideChoice(measure="centred"),
    View(
        "shared",
        "t",
        "cka",
        Bins(12, -0.5, 0.75),
        "careful",
        "hidden states",
        Ordering("clustered", each=True),
        7,
    ),
)

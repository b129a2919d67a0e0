"""How catsel, the book and the models are cited: the one place, from which reports and CITATION.cff are written.

``python -m catsel_core.export.citation > CITATION.cff`` writes that file anew.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from catsel_core.language import tr
from catsel_core.models.bundled import NAME as BUNDLED_NAME
from catsel_core.models.spec import ModelSpec

VERSION = "1.0"
"""Of catsel, as CHANGELOG.md has it."""

TITLE = "catsel: how a language model tells categories of words apart, layer by layer"
AUTHORS = "the catsel authors"
LICENCE = "MIT"


@dataclass(frozen=True, slots=True)
class Reference:
    """A book or an article.

    kind: as the Citation File Format calls it.
    authors: (given names, family name), all of what CITATION.cff lists; a name that is no person's has no given names.
    year: of its publication, where it is known.
    where: publisher, series or number.
    """

    kind: str
    authors: tuple[tuple[str, str], ...]
    title: str
    year: int | None = None
    where: str = ""

    @property
    def line(self) -> str:
        """As it stands in a list of references; of more than three authors the first is named."""
        people = [" ".join(filter(None, names)) for names in self.authors]
        named = f"{people[0]} et al." if len(people) > 3 else ", ".join(people)
        year = f" ({self.year})" if self.year else ""
        return f"{named}{year}: {self.title}.{f' {self.where}.' if self.where else ''}"


BOOK = Reference(
    "book",
    (("Mike X", "Cohen"),),
    "50 ML projects to understand LLMs",
)

SMOLLM2 = Reference(
    "article",
    (
        ("Loubna", "Ben Allal"),
        ("Anton", "Lozhkov"),
        ("Elie", "Bakouch"),
        ("Gabriel", "Martín Blázquez"),
        ("Guilherme", "Penedo"),
        ("Lewis", "Tunstall"),
        ("Andrés", "Marafioti"),
        ("Hynek", "Kydlíček"),
        ("Agustín", "Piqueres Lajarín"),
        ("Vaibhav", "Srivastav"),
        ("Joshua", "Lochner"),
        ("Caleb", "Fahlgren"),
        ("Xuan-Son", "Nguyen"),
        ("Clémentine", "Fourrier"),
        ("Ben", "Burtenshaw"),
        ("Hugo", "Larcher"),
        ("Haojun", "Zhao"),
        ("Cyril", "Zakka"),
        ("Mathieu", "Morlon"),
        ("Colin", "Raffel"),
        ("Leandro", "von Werra"),
        ("Thomas", "Wolf"),
    ),
    "SmolLM2: When Smol Goes Big – Data-Centric Training of a Small Language Model",
    2025,
    "arXiv:2502.02737",
)

GPT2 = Reference(
    "report",
    (
        ("Alec", "Radford"),
        ("Jeffrey", "Wu"),
        ("Rewon", "Child"),
        ("David", "Luan"),
        ("Dario", "Amodei"),
        ("Ilya", "Sutskever"),
    ),
    "Language Models are Unsupervised Multitask Learners",
    2019,
    "OpenAI",
)

DISTILBERT = Reference(
    "article",
    (("Victor", "Sanh"), ("Lysandre", "Debut"), ("Julien", "Chaumond"), ("Thomas", "Wolf")),
    "DistilBERT, a distilled version of BERT: smaller, faster, cheaper and lighter",
    2019,
    "arXiv:1910.01108",
)

PYTHIA = Reference(
    "article",
    (("Stella", "Biderman"), ("Hailey", "Schoelkopf"), ("Quentin", "Anthony"), ("Herbie", "Bradley")),
    "Pythia: A Suite for Analyzing Large Language Models Across Training and Scaling",
    2023,
    "arXiv:2304.01373",
)

QWEN25 = Reference("article", (("", "Qwen Team"),), "Qwen2.5 Technical Report", 2024, "arXiv:2412.15115")

_OF_MODELS = {
    BUNDLED_NAME: SMOLLM2,
    "HuggingFaceTB/SmolLM2": SMOLLM2,
    "openai-community/gpt2": GPT2,
    "distilbert/distilgpt2": DISTILBERT,
    "EleutherAI/pythia": PYTHIA,
    "Qwen/Qwen2.5": QWEN25,
}
"""By how the name of a model begins."""


def tool_line() -> str:
    """How catsel itself is cited."""
    return f"{AUTHORS[0].upper()}{AUTHORS[1:]}: {TITLE}. Version {VERSION}."


def model_line(model: ModelSpec) -> str:
    """How a model is cited: by the work that made it known, if that is known here, and as it was used in any case."""
    used = tr("Model used: {name}, revision {revision}.", name=model.name, revision=model.revision)
    found = next((one for begins, one in _OF_MODELS.items() if model.name.startswith(begins)), None)
    return f"{found.line} {used}" if found else used


def cff() -> str:
    """CITATION.cff: Citation File Format 1.2.0, with the book and the bundled model as references."""
    parts = {
        "cff-version": "1.2.0",
        "message": "If you use catsel, please cite it, the book that the experiment comes from, and the model.",
        "title": TITLE,
        "type": "software",
        "version": VERSION,
        "license": LICENCE,
        "authors": [{"name": AUTHORS}],
    }
    lines = [f"{key}: {_plain(value)}" for key, value in parts.items()]
    return "\n".join([*lines, "references:", *_entry(BOOK), *_entry(SMOLLM2), ""])


def _entry(reference: Reference) -> Iterator[str]:
    """A reference in YAML, whose plain values are those of JSON."""
    yield f"  - type: {reference.kind}"
    yield f"    title: {_plain(reference.title)}"
    if reference.year:
        yield f"    year: {reference.year}"
    if reference.where:
        yield f"    notes: {_plain(reference.where)}"
    yield "    authors:"
    for given, family in reference.authors:
        yield f"      - given-names: {_plain(given)}"
        yield f"        family-names: {_plain(family)}"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    print(cff(), end="")

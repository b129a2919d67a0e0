"""How catsel and what it stands on are cited: one place for CITATION.cff and for reports."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from catsel_core.export.citation import BOOK, SMOLLM2, VERSION, cff, model_line
from catsel_core.models.bundled import NAME
from catsel_core.models.catalogue import BUNDLED, CATALOGUE
from tests.support.tiny import llama_folder, spec_of

ROOT = Path(__file__).resolve().parents[2]


def test_the_file_says_what_reports_say() -> None:
    written = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert written == cff(), "run: python -m catsel_core.export.citation > CITATION.cff"
    read = yaml.safe_load(written)
    assert read["cff-version"] == "1.2.0"
    assert [entry["title"] for entry in read["references"]] == [BOOK.title, SMOLLM2.title]
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reference", [entry.reference for entry in CATALOGUE])
def test_every_model_of_the_catalogue_has_its_work(reference: str) -> None:
    name = NAME if reference == BUNDLED else reference
    line = model_line(replace(spec_of(llama_folder()), name=name, revision="abc"))
    assert line.endswith(f" Model used: {name}, revision abc.")
    assert line.startswith(
        ("Loubna Ben Allal et al. (2025)", "Alec Radford", "Victor Sanh", "Stella Biderman", "Qwen Team")
    )


def test_another_model_is_named_as_it_was_used() -> None:
    assert model_line(replace(spec_of(llama_folder()), name="mine", revision="7")) == "Model used: mine, revision 7."

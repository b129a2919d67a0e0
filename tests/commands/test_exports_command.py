"""``data`` and ``notebook``: all of a session's results as a zip, and as a notebook that is run as Jupyter runs it."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catsel_core.export.columns import MEANINGS
from catsel_core.export.notebook import raw_string
from catsel_core.export.parts import PARTS
from tests.support.commands import Command
from tests.support.tiny import gpt2_folder, llama_folder

pytestmark = pytest.mark.usefixtures("home")

ROOT = Path(__file__).resolve().parents[2]
MODEL = ("--model", llama_folder())
NAME = llama_folder().name
NASTY = ("=1+1", "'''", "<b>x", "a\\", "%ls", "**moon**", "$y$")


@pytest.fixture
def session(command: Command, tmp_path: Path) -> Path:
    """Of an own text and own sentences, with words that would like to be something else."""
    text, words, sentences = (tmp_path / name for name in ("story.txt", "words.json", "senses.csv"))
    text.write_text("''' I like the moon and the star\u2028and !ls the apple. %%bash\n" * 20, encoding="utf-8")
    fruit = ["apple", "pear", "grape", *NASTY]
    categories = [{"name": "fruit", "words": fruit}, {"name": "<i>space</i>", "words": ["moon", "star"]}]
    words.write_text(json.dumps({"categories": categories}), encoding="utf-8")
    rows = ["moon/a,I like the moon,moon", "moon/a,and the moon,moon", "moon/b,a moon,moon", "moon/b,is a moon,moon"]
    sentences.write_text("\n".join(["group,text,target", *rows]), encoding="utf-8")
    path = tmp_path / "mine.catsel.json"
    lists = ("--input", words, "--sentences", sentences, "--text", text, "--targets", "moon, star", "--window", "5")
    command("session", *lists, "--model-b", gpt2_folder(), "--pooling", "mean", *MODEL, "--out", path)
    loaded = json.loads(path.read_text(encoding="utf-8"))
    loaded["words"]["templates"] = ["The {word}", "A `{word}` <b>'''"]
    loaded["view"] |= {"approach": "careful", "layer": 2}
    path.write_text(json.dumps(loaded), encoding="utf-8")
    return path


def rows_of(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    text = archive.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def column(rows: list[dict[str, str]], name: str) -> list[float | None]:
    return [float(row[name]) if row[name] else None for row in rows]


def assert_explained(archive: zipfile.ZipFile) -> None:
    """The guide names every file, and says what is in every column."""
    readme = archive.read("README.txt").decode()
    for name in archive.namelist()[1:]:
        assert f"\n{name}\n" in readme
    tables = [name for name in archive.namelist() if name.endswith(".csv")]
    assert len(tables) == 25
    numbered = re.compile(r"Emb|L\d+|-?[\d.e-]+ to -?[\d.e-]+")
    for name in tables:
        (first, *_) = rows_of(archive, name)
        assert not {each for each in first if not numbered.fullmatch(each)} - MEANINGS.keys()


def test_a_zip_has_what_the_commands_write_and_more(command: Command, session: Path, tmp_path: Path) -> None:
    out, arrays = tmp_path / "all.zip", tmp_path / "arrays.npz"
    command("data", "--session", session, "--of", *PARTS, "--out", out)
    archive = zipfile.ZipFile(out)
    assert_explained(archive)
    ends = {"compare": f"{NAME}-{gpt2_folder().name}"}
    for part in PARTS:
        written = archive.read(f"{part}-result-{ends.get(part, NAME)}.json").decode()
        assert f"{written}\n" == command(part, "--session", session)
    expected = json.loads(archive.read(f"words-result-{NAME}.json"))
    rows = rows_of(archive, f"words-statistics-{NAME}.csv")
    for name in ("within_mean", "across_mean", "delta", "t"):
        assert column(rows, name) == expected["book"][name]
    careful = rows_of(archive, f"words-careful-{NAME}.csv")
    assert column(careful, "p_max") == expected["careful"]["test"]["p_max"]
    assert column(careful, "cohen_d") == expected["careful"]["effect"]["cohen_d"] == column(rows, "cohen_d")
    assert [row["word"] for row in rows_of(archive, f"words-items-{NAME}.csv")][3:5] == ["'=1+1", "'''"]
    command("words", "--session", session, "--arrays", arrays)
    assert archive.read(f"words-arrays-{NAME}.npz") == arrays.read_bytes()
    pairs = rows_of(archive, f"words-pairs-{NAME}.csv")
    similarity = np.load(arrays)["similarity"]
    found = similarity[:, *np.triu_indices(similarity.shape[1], k=1)]
    assert np.array_equal(np.array(column(pairs, "L1"), np.float32), found[2])
    assert json.loads(archive.read("session.catsel.json"))["texts"]
    (occurrence, *_) = rows_of(archive, f"contexts-occurrences-{NAME}.csv")
    assert (occurrence["word"], occurrence["occurrence"].strip()) == ("moon", "moon")


def test_equal_results_give_equal_bytes_with_pairs_as_parquet_where_it_can_be_written(
    command: Command, session: Path, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for name in ("words.zip", "again.zip"):
        command("data", "--session", session, "--out", tmp_path / name)
    assert (tmp_path / "words.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    archive = zipfile.ZipFile(tmp_path / "words.zip")
    table = parquet.read_table(io.BytesIO(archive.read(f"words-pairs-{NAME}.parquet")))
    pairs = rows_of(archive, f"words-pairs-{NAME}.csv")
    assert table.column("L0").to_pylist() == pytest.approx(column(pairs, "L0"))
    assert set(NASTY) < set(table.column("word_1").to_pylist())


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Runs a notebook in a kernel of its own, with nothing of this computer's settings."""
    import nbformat
    from nbclient import NotebookClient

    folder = str(tmp_path_factory.mktemp("jupyter"))

    def run(text: str) -> dict[str, str]:
        form: Any = nbformat  # half of its functions have no types
        notebook = form.reads(text, as_version=4)
        form.validate(notebook)
        assert form.writes(notebook) + "\n" == text  # as Jupyter would write it
        with pytest.MonkeyPatch.context() as patch:
            for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
                patch.setenv(name, folder)
            resources = {"metadata": {"path": str(ROOT)}}
            NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
        return {cell.id: shown(cell) for cell in notebook.cells if cell.cell_type == "code"}

    return run


def shown(cell: Any) -> str:
    """What stands below a cell: words, a table as HTML, or a figure as JSON."""
    return "".join(
        output.get("text")
        or (data := output.data).get("text/html")
        or json.dumps(data.get("application/vnd.plotly.v1+json"))
        for output in cell.outputs
    )


def numbers(table: str, name: str) -> list[float]:
    """A column of a table that a notebook shows."""
    head = re.findall("<th>(.*?)</th>", table)
    cells = re.findall("<td>(.*?)</td>", table)
    return [float(cell) for cell in cells[head.index(name) :: len(head)] if cell]


def test_a_notebook_is_run_and_has_the_numbers_of_the_commands(
    command: Command, session: Path, tmp_path: Path, jupyter: Any
) -> None:
    out = tmp_path / "mine.ipynb"
    command("notebook", "--session", session, "--of", *PARTS, "--out", out)
    text = out.read_text(encoding="utf-8")
    assert text == command("notebook", "--session", session, "--of", *PARTS).removesuffix("\n")
    found = jupyter(text)
    assert f"{NAME}: revision" in found["model"]
    assert "as when this was saved" in found["model"]
    words = command.json("words", "--session", session)
    for name, expected in words["book"].items():
        assert numbers(found["words-table"], name) == pytest.approx(expected, rel=6e-4)
    assert numbers(found["words-careful"], "p") == pytest.approx(words["careful"]["test"]["p"], rel=6e-4)
    senses = command.json("sentences", "--session", session)["senses"]
    assert numbers(found["sentences-table"], "delta") == pytest.approx(senses["book"]["delta"], rel=6e-4, abs=1e-7)
    groups = command.json("contexts", "--session", session)["pair_groups"]
    means = [mean for group in groups for mean in group["mean"]]
    assert numbers(found["contexts-table"], "mean") == pytest.approx(means, rel=6e-4)
    prompts = command.json("prompts", "--session", session)
    assert numbers(found["prompts-spread"], "delta_mean") == pytest.approx(prompts["delta"]["mean"], rel=6e-4)
    sides = command.json("compare", "--session", session)
    deltas = [value for side in "ab" for value in sides[side]["book"]["delta"]]
    assert numbers(found["compare-table"], "delta") == pytest.approx(deltas, rel=6e-4)
    figures = [json.loads(shown) for name, shown in found.items() if re.search(r"figure-\d$", name)]
    assert len(figures) == 4 + 2 + 3 + 3 + 4
    assert all(
        figure["data"] and "L1 (hidden state 2)" in json.dumps(figure["layout"]["title"]) for figure in figures[:2]
    )


@pytest.mark.parametrize(
    "text", ["'''", "\\'''", "a\u2028b", "\u202etxt", "é 文 שלום 🍎", "\x00\r\t", "\ud800", "''' + exit()"]
)
def test_nothing_typed_ends_the_string_that_the_session_stands_in(text: str) -> None:
    values = {"words": [text, {text: "\\"}]}
    written = raw_string(json.dumps(values, ensure_ascii=False, indent=1))
    space: dict[str, str] = {}
    exec(compile(f"read = {written}", "cell", "exec", dont_inherit=True), {}, space)
    assert json.loads(space["read"]) == values
    assert not re.search("[\u2028\u202e\x00\r\ud800]", written)


def test_what_is_missing_is_said(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "other.catsel.json"
    path.write_text('{"catsel_session": 1, "model": {"reference": "/no/such/model"}}', encoding="utf-8")
    for name in ("notebook", "data"):
        line = command.refused(name, "--session", path, "--out", tmp_path / "out")
        assert "/no/such/model" in line
        assert not (tmp_path / "out").exists()

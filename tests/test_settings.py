"""Settings: read in one place, checked at once, never stale, and in the README."""

import ast
import os
import pwd
import re
import subprocess
import sys
from pathlib import Path

import pytest

from catsel_core.errors import SettingsError
from catsel_core.models import hub
from catsel_core.models.find import default_reference
from catsel_core.settings import (
    VARIABLES,
    Settings,
    current_settings,
    limit_to_catalogue_by_default,
    models_dir,
    results_dir,
    texts_dir,
)
from catsel_core.store import FolderStore

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "catsel_core").rglob("*.py"))]
NAMES = {variable for variable, _ in VARIABLES.values()}


def made(**environment: str) -> Settings:
    return Settings.from_environment({"CATSEL_CACHE": "/somewhere", **environment})


def test_without_variables_everything_has_its_usual_value() -> None:
    assert made() == Settings(Path("/somewhere"))
    assert made(**dict.fromkeys(NAMES - {"CATSEL_CACHE"}, "")) == Settings(Path("/somewhere"))


def test_every_setting_can_be_chosen() -> None:
    chosen = made(
        CATSEL_RESULTS_GB="0.5",
        CATSEL_TEXTS_MB="20",
        CATSEL_VISITORS_MB="5",
        CATSEL_CACHE_MB="64",
        CATSEL_TEXTS_MEMORY_MB="30",
        CATSEL_UPLOAD_MB="0.5",
        CATSEL_JOBS="2",
        CATSEL_MODELS_IN_MEMORY="3",
        CATSEL_MAX_MODEL_GB="0",
        CATSEL_CATALOGUE_ONLY="1",
        CATSEL_DEVICE="cpu",
        CATSEL_GUTENBERG="http://mirror.school:8080/pg/",
        CATSEL_HOSTS="catsel.school.example, *.lan 192.168.1.5,[fe80::1],",
        CATSEL_WARM_UP="off",
        CATSEL_LANGUAGE="de",
        CATSEL_LESSONS="/school/lessons",
        CATSEL_LISTS="/school/lists",
    )
    assert chosen == Settings(
        cache=Path("/somewhere"),
        results_bytes=500_000_000,
        texts_bytes=20_000_000,
        visitors_bytes=5_000_000,
        memory_bytes=64_000_000,
        texts_memory_bytes=30_000_000,
        text_bytes=500_000,
        jobs=2,
        models_in_memory=3,
        max_model_bytes=0,
        catalogue_only=True,
        device="cpu",
        gutenberg="http://mirror.school:8080/pg",
        hosts=("catsel.school.example", "*.lan", "192.168.1.5", "fe80::1"),
        warm_up=False,
        language="de",
        lessons=Path("/school/lessons"),
        lists=Path("/school/lists"),
    )
    usual = made()
    assert all(getattr(chosen, name) != getattr(usual, name) for name in VARIABLES if name != "cache")


@pytest.mark.parametrize("text", ["1", "true", "YES", "on"])
def test_switched_on(text: str) -> None:
    assert made(CATSEL_CATALOGUE_ONLY=text).catalogue_only is True


@pytest.mark.parametrize("text", ["0", "False", "no", "off"])
def test_switched_off(text: str) -> None:
    assert made(CATSEL_CATALOGUE_ONLY=text).catalogue_only is False


@pytest.mark.parametrize(
    ("variable", "text", "rule"),
    [
        ("CATSEL_RESULTS_GB", "much", "a number of gigabytes such as 2"),
        ("CATSEL_RESULTS_GB", "-1", "a number of gigabytes such as 2"),
        ("CATSEL_RESULTS_GB", "inf", "a number of gigabytes such as 2"),
        ("CATSEL_TEXTS_MB", "nan", "a number of megabytes such as 200"),
        ("CATSEL_VISITORS_MB", "all", "a number of megabytes such as 200"),
        ("CATSEL_CACHE_MB", "1 GB", "a number of megabytes such as 400"),
        ("CATSEL_MAX_MODEL_GB", "8GB", "a number of gigabytes such as 8"),
        ("CATSEL_TEXTS_MEMORY_MB", "-5", "a number of megabytes such as 100"),
        ("CATSEL_UPLOAD_MB", "big", "a number of megabytes such as 12"),
        ("CATSEL_JOBS", "0", "a whole number from 1"),
        ("CATSEL_MODELS_IN_MEMORY", "0", "a whole number from 1"),
        ("CATSEL_CATALOGUE_ONLY", "maybe", "1 or 0"),
        ("CATSEL_WARM_UP", "2", "1 or 0"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_rule(variable: str, text: str, rule: str) -> None:
    with pytest.raises(SettingsError) as caught:
        made(**{variable: text})
    assert str(caught.value) == f"{variable} must be {rule}; it is “{text}”."


@pytest.mark.parametrize("text", ["http://host", "host:8501", "a b/c", "*.", "ho*st", "-*"])
def test_what_is_no_name_of_a_host(text: str) -> None:
    with pytest.raises(SettingsError, match="CATSEL_HOSTS must be names without ports, such as"):
        made(CATSEL_HOSTS=text)


def test_a_home_folder_in_the_cache_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    assert made(CATSEL_CACHE="~/catsel").cache == Path("/home/me/catsel")
    with pytest.raises(SettingsError, match="CATSEL_CACHE is “~nosuchuser/x”, but that home folder is not known here"):
        made(CATSEL_CACHE="~nosuchuser/x")


def test_what_is_read_is_never_stale(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for number in (1, 2, 1):
        monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / str(number)))
        monkeypatch.setenv("CATSEL_MODELS_IN_MEMORY", str(number))
        assert current_settings().models_in_memory == number
        assert {models_dir().parent, results_dir().parent, texts_dir().parent} == {tmp_path / str(number)}
    assert current_settings() is current_settings()


def test_a_changed_home_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CATSEL_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    for home in ("/home/a", "/home/b"):
        monkeypatch.setenv("HOME", home)
        assert str(current_settings().cache).startswith(home)


def test_the_store_is_as_large_as_the_settings_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CATSEL_RESULTS_GB", "0.25")
    assert FolderStore(tmp_path).max_bytes == 250_000_000


def test_what_nobody_said_about_the_catalogue_can_be_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    for said, expected in (("", True), ("0", False), ("1", True)):
        monkeypatch.setenv("CATSEL_CATALOGUE_ONLY", said)
        limit_to_catalogue_by_default()
        assert current_settings().catalogue_only is expected


# no home folder


@pytest.fixture
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a service has it whose account is not in the list of users."""

    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for variable in ("HOME", "XDG_CACHE_HOME", "CATSEL_CACHE", "HF_HOME", "HF_HUB_CACHE"):
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.usefixtures("no_home")
def test_without_a_home_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for needed in (models_dir, default_reference, FolderStore):
        with pytest.raises(SettingsError, match=r"No home folder is known here.* Set CATSEL_CACHE to a folder that"):
            needed()
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path))
    assert models_dir() == tmp_path / "models"
    assert hub.parse_reference("gpt2").folder == tmp_path / "huggingface" / "hub" / "models--gpt2"


@pytest.mark.parametrize("variable", ["HF_HOME", "HF_HUB_CACHE", "XDG_CACHE_HOME"])
def test_an_unknown_home_in_the_hubs_variables_is_named(
    variable: str, no_home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "~nosuchuser/x")
    with pytest.raises(SettingsError, match=f"{variable} is “~nosuchuser/x”, but that home folder is not known"):
        assert hub.parse_reference("gpt2").folder


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can become somebody without a home")
def test_the_command_line_of_somebody_without_a_home() -> None:
    code = (
        "import os, sys\n"
        "from catsel_core.__main__ import main\n"
        "os.setgroups([]); os.setgid(54321); os.setuid(54321)\n"
        "sys.exit(main(['models']))"
    )
    kept = {name: text for name, text in os.environ.items() if name in ("PATH", "LANG", "PYTHONPATH")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=kept, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "catsel: No home folder is known here, so there is no place for what catsel keeps. "
        "Set CATSEL_CACHE to a folder that can be written.\n"
    )


# one place


def environment_readings(path: Path) -> list[str]:
    """What a file asks the environment for: names where they are written out, else the expression."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            found += [alias.name for alias in node.names if alias.name in {"environ", "getenv", "environb"}]
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"}:
            found.append(ast.unparse(node))
    return found


ELSEWHERE = {
    "catsel_core/models/hub/api.py",
    "catsel_core/models/hub/cache.py",
    "catsel_core/system/pip_download.py",  # hands the environment on to pip
    "pages/ui/__main__.py",
}
"""Files that read variables of others: the hub's and Streamlit's."""


def test_the_environment_is_read_in_one_place() -> None:
    reading = {str(path.relative_to(ROOT)) for path in SOURCES if environment_readings(path)}
    assert reading == {"catsel_core/settings.py", *ELSEWHERE}
    for name in ELSEWHERE:
        nodes = ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        texts = [str(node.value) for node in nodes if isinstance(node, ast.Constant)]
        variables = {text.partition("_")[0] for text in texts if re.fullmatch(r"[A-Z]+_[A-Z_]+", text)}
        assert variables
        assert variables <= {"HF", "XDG", "STREAMLIT", "PIP", "WHEEL"}  # the last is a variable of sysconfig


def test_the_readme_names_exactly_the_settings_there_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("\n## Settings") :]
    first_cells = "".join(line.split("|")[1] for line in table.splitlines() if line.startswith("|"))
    assert set(re.findall(r"CATSEL_\w+", first_cells)) == NAMES
    assert len(re.findall(r"CATSEL_\w+", first_cells)) == len(NAMES)

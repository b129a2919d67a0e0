"""To whom a server answers: only under names that are its own, and other computers get the catalogue alone."""

import http.client
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from catsel_core.session import ModelChoice, first_session
from pages.ui.__main__ import main
from pages.ui.listening import ANY, LOOPBACK, allowed_hosts, is_loopback, serves_others
from tests.support.folders import fill
from tests.support.server import Server

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["localhost", "app.localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_names_of_this_computer_alone(name: str) -> None:
    assert is_loopback(name)


@pytest.mark.parametrize(
    "name", ["", "0.0.0.0", "::", "192.168.1.5", "catsel.example", "localhost.example", "*", "::2"]
)
def test_names_that_others_can_have(name: str) -> None:
    assert not is_loopback(name)


def test_a_server_of_this_computer_answers_to_names_of_this_computer() -> None:
    assert allowed_hosts("localhost", ()) == LOOPBACK
    assert allowed_hosts("127.0.0.1", ("catsel.example",)) == (*LOOPBACK, "catsel.example")


def test_a_server_for_the_network_answers_to_its_own_names_and_addresses() -> None:
    found = allowed_hosts("0.0.0.0", ("catsel.example",))
    assert found[: len(LOOPBACK)] == LOOPBACK
    assert {socket.gethostname().lower(), f"{socket.gethostname().lower()}.local", "catsel.example"} <= set(found)
    assert len(set(found)) == len(found)
    assert ANY not in found
    assert allowed_hosts("192.168.1.5", ()) == (*LOOPBACK, "192.168.1.5")


def test_any_name_stands_for_all() -> None:
    assert allowed_hosts("0.0.0.0", ("catsel.example", ANY)) == (ANY,)


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Options of the server and the environment's word about the catalogue are as before when the test is over."""
    monkeypatch.setenv("CATSEL_CATALOGUE_ONLY", "")
    before = {name: st.get_option(name) for name in ("server.address", "server.allowedHosts")}
    yield
    for name, value in before.items():
        config.set_option(name, value)


@pytest.mark.usefixtures("options")
@pytest.mark.parametrize(
    ("address", "hosts", "expected"),
    [
        ("localhost", ["localhost", "127.0.0.1", "::1"], False),
        ("127.0.0.1", ["localhost"], False),
        ("0.0.0.0", ["localhost"], True),
        (None, ["localhost"], True),
        ("192.168.1.5", ["192.168.1.5"], True),
        ("localhost", ["localhost", "catsel.example"], True),  # by way of a proxy
        ("localhost", ["*"], True),
        ("localhost", [], True),  # answers to any name
        ("unix:///run/catsel.sock", ["localhost"], True),
    ],
)
def test_who_can_reach_the_server(address: str | None, hosts: list[str], expected: bool) -> None:
    config.set_option("server.address", address)
    config.set_option("server.allowedHosts", hosts)
    assert serves_others() is expected


def opened(page: str) -> AppTest:
    """A page, first thing."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page(page).run()


def models_page() -> AppTest:
    app = opened("pages/models.py")
    assert not app.exception
    return app


def test_on_this_computer_any_model_can_be_named() -> None:
    assert [box.label for box in models_page().text_input] == ["Name on the hub, or a folder"]


@pytest.mark.usefixtures("options")
def test_others_choose_from_the_catalogue_unless_it_is_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    config.set_option("server.address", "0.0.0.0")
    assert not models_page().text_input
    monkeypatch.setenv("CATSEL_CATALOGUE_ONLY", "0")
    assert len(models_page().text_input) == 1


@pytest.mark.usefixtures("options")
def test_others_do_not_learn_which_folders_there_are(tmp_path: Path) -> None:
    config.set_option("server.address", "0.0.0.0")
    (tmp_path / "model").mkdir()
    fill(tmp_path / "model")
    told: set[str] = set()
    for folder in (tmp_path / "model", tmp_path, tmp_path / "none"):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.session_state["session"] = replace(first_session(), model=ModelChoice(str(folder)))
        app.run()
        told.add(app.error[0].value.replace("\\", "").replace(str(folder), "FOLDER"))
    (said,) = told
    assert said.startswith("Only models of the catalogue may be used here, not “FOLDER”: bundled, ")


def test_settings_that_cannot_be_used_are_said_on_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_DEVICE", "gpu")
    for page in ("app.py", "pages/contexts.py", "pages/models.py"):
        app = opened(page)
        assert not app.exception
        assert [error.value.replace("\\", "") for error in app.error] == [
            "CATSEL_DEVICE must be one of ('auto', 'cpu', 'cuda', 'mps'); got 'gpu'."
        ]


def test_a_server_does_not_start_with_settings_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CATSEL_HOSTS", "http://catsel.example")
    assert main(["--server.headless=true"]) == 2
    assert capsys.readouterr().err.startswith("catsel: CATSEL_HOSTS must be names without ports, such as ")


def handshake(server: Server, host: str) -> int:
    """Status of the answer to a browser that opens a websocket under a name: 101 if it is let in."""
    port = urlsplit(server.address).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {
        "Host": f"{host}:{port}",
        "Origin": f"http://{host}:{port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    try:
        connection.request("GET", "/_stcore/stream", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("start", [("pages.ui",), ("streamlit", "run", "app.py")])
def test_a_forged_name_is_refused_over_the_wire(start: tuple[str, ...]) -> None:
    server = Server(start)
    try:
        assert [handshake(server, host) for host in ("localhost", "127.0.0.1", "[::1]")] == [101] * 3
        assert [handshake(server, host) for host in ("evil.example", "localhost.evil.example", "10.0.0.1")] == [403] * 3
    finally:
        server.stop()


def test_names_in_the_settings_are_let_in_over_the_wire(tmp_path: Path) -> None:
    server = Server(("pages.ui",), tmp_path / "log", CATSEL_HOSTS="*.school.example")
    try:
        assert handshake(server, "catsel.school.example") == 101
        assert handshake(server, "evil.example") == 403
    finally:
        server.stop()
    said = (tmp_path / "log").read_text(encoding="utf-8")
    assert "You can now view" in said
    assert "config option section" not in said  # its own options are no update of them


def test_as_a_container_starts_it_a_server_answers_to_any_name() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "CATSEL_HOSTS=*" in dockerfile
    assert '"--server.address=0.0.0.0"' in dockerfile
    server = Server(("pages.ui", "--server.address=0.0.0.0"), CATSEL_HOSTS="*")
    try:
        assert handshake(server, "whatever.the.host.is.called") == 101
    finally:
        server.stop()


def test_this_computer_alone_can_connect_unless_others_are_let_in() -> None:
    """What is listened on, seen from the machine's own other addresses."""
    server = Server()
    try:
        port = urlsplit(server.address).port
        others = [host for host in allowed_hosts("0.0.0.0", ()) if host.count(".") == 3 and not is_loopback(host)]
        for host in others:
            with pytest.raises(ConnectionRefusedError), socket.create_connection((host, port or 0), timeout=5):
                pass
    finally:
        server.stop()

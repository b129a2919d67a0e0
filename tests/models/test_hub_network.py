"""The network to the hub: what does not answer is given up soon and said in words."""

import socket
import threading
from pathlib import Path

import pytest

from catsel_core.models.hub import api, transfer
from tests.support.hub import refused
from tests.support.hub_server import Fault, HubServer


def test_a_dead_network_is_noticed_within_five_seconds() -> None:
    assert api.ANSWER_SECONDS < 5  # for all of an answer, however it comes: the tests below wait for less


def test_a_network_that_says_nothing_is_given_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "ANSWER_SECONDS", 0.3)
    with socket.socket() as silent:  # connects, and nothing ever comes
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        shown = refused()
    assert "check that this computer is online" in shown
    assert "Use the bundled model" in shown


def test_a_look_up_of_names_that_hangs_is_given_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release, ended = threading.Event(), threading.Event()

    def hang(*_: object, **__: object) -> None:
        release.wait(60)
        ended.set()
        raise OSError

    monkeypatch.setattr(api, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(socket, "getaddrinfo", hang)
    monkeypatch.setenv("HF_ENDPOINT", "http://hub.example")
    try:
        assert "there was no answer in time" in refused()
        assert not ended.is_set()
    finally:
        release.set()
    assert ended.wait(20)


def test_a_closed_port_is_noticed_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{port}")
    assert "there is no connection" in refused()


def test_a_transfer_that_falls_silent_is_given_up_and_kept(server: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "READ_SECONDS", 0.3)
    server.faults = [Fault("cdn", times=1, stall=1000), Fault("cdn", stall=0)]
    shown = refused()
    assert "no answer in time" in shown
    assert "have arrived and are kept; trying again continues from there" in shown


def test_the_environment_can_forbid_the_network(server: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert "HF_HUB_OFFLINE forbids" in refused()
    assert server.requests == []


@pytest.mark.parametrize("address", ["hub.example", "ftp://hub.example", "http://", "http://h:99999"])
def test_an_endpoint_that_is_no_address_is_explained(address: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)
    assert "HF_ENDPOINT must look like https://host" in refused()


def test_the_endpoint_is_the_hub_unless_the_environment_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    assert api.endpoint() == "https://huggingface.co"
    monkeypatch.setenv("HF_ENDPOINT", "http://mirror.school:8080/")
    assert api.endpoint() == "http://mirror.school:8080"

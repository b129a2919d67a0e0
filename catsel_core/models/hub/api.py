"""What the hub says of a model: its commit, its files, their sizes and hashes. One short request."""

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from catsel_core.errors import ModelError
from catsel_core.language import mark, tr
from catsel_core.models.hub.cache import WEIGHTS, WEIGHTS_INDEX, HubReference, has_tokenizer, hub_home, is_commit
from catsel_core.system.network import NO_ANSWER, TooSlowError, body, connection_problem, in_time

if TYPE_CHECKING:
    import requests

DEFAULT_ENDPOINT = "https://huggingface.co"
ANSWER_SECONDS = 4.5
"""Until a dead network is called one, whatever it is that hangs: names, connections or answers."""
MAX_ANSWER_BYTES = 20_000_000

NOT_THE_HUB = mark("the answer is not the hub's; the network may have put a log-in page in between")
OTHER_WAYS = mark("Use the bundled model, a model folder on this computer, or a mirror of the hub (HF_ENDPOINT).")

_OTHER_WEIGHTS = (".bin", ".pt", ".pth", ".ckpt", ".h5", ".msgpack", ".gguf", ".onnx")
_SMALL_FILES = {
    *("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"),
    *("added_tokens.json", "vocab.json", "vocab.txt", "merges.txt", "tokenizer.model", "spiece.model", WEIGHTS_INDEX),
}
_PART = re.compile(r"model-\d+-of-\d+\.safetensors")


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a model. ``digest`` is the SHA-256 of a large file, of others git's own SHA-1."""

    name: str
    size: int
    digest: str
    large: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """What is to be fetched of a model: the small files, and the weights."""

    reference: HubReference
    commit: str
    small: tuple[HubFile, ...]
    weights: tuple[HubFile, ...]

    @property
    def total_bytes(self) -> int:
        """All that is to be fetched."""
        return sum(file.size for file in (*self.small, *self.weights))


def endpoint() -> str:
    """``$HF_ENDPOINT`` or the hub itself, without a slash at the end.

    Raises:
        ModelError: if it is no web address.
    """
    chosen = (os.environ.get("HF_ENDPOINT") or DEFAULT_ENDPOINT).rstrip("/")
    try:
        parts = urlsplit(chosen)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ModelError(
            tr("HF_ENDPOINT must look like https://host or http://host:8080; it is “{chosen}”.", chosen=chosen)
        )
    return chosen


def is_offline() -> bool:
    """Whether ``HF_HUB_OFFLINE`` says that the hub must not be asked."""
    return os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}


def headers() -> dict[str, str]:
    """Who asks: catsel, and the user's token if there is one."""
    token = os.environ.get("HF_TOKEN", "").strip()
    if not token:
        try:
            token = (hub_home() / "token").read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            token = ""
    named = {"User-Agent": "catsel"}
    return {**named, "Authorization": f"Bearer {token}"} if token.isascii() and token.isprintable() and token else named


def listing(reference: HubReference) -> Listing:
    """Ask the hub what the model consists of; the answer comes within :data:`ANSWER_SECONDS` or not at all.

    Raises:
        ModelError: no network, no such model, no permission, or nothing that can be used.
    """
    if is_offline():
        raise ModelError(
            tr(
                "{model} is not on this computer, and HF_HUB_OFFLINE forbids asking for it. {ways}",
                model=reference.id,
                ways=tr(OTHER_WAYS),
            )
        )
    address = f"{endpoint()}/api/models/{reference.id}/revision/{quote(reference.revision, safe='')}?blobs=true"
    return _chosen_files(reference, _answer_in_time(reference, address))


def failure(reference: HubReference, reason: str) -> ModelError:
    """The error that names model, host, ``reason`` and the ways out, all in the language that is spoken."""
    return ModelError(
        tr(
            "{model} could not be fetched from {host}: {reason}. {ways}",
            model=reference.id,
            host=urlsplit(endpoint()).netloc,
            reason=reason,
            ways=tr(OTHER_WAYS),
        )
    )


def check_status(reference: HubReference, response: "requests.Response") -> None:
    """Nothing, if the hub gives what was asked for.

    Raises:
        ModelError: with what its refusal means.
    """
    code = response.status_code
    if code in (200, 206):
        return
    reason = response.headers.get("X-Error-Code", "")
    if code in (401, 403) and reason != "RepoNotFound":
        message = tr("it asks for permission; accept its terms on its page and set HF_TOKEN to your access token")
    elif reason == "RevisionNotFound":
        message = tr("it has no revision “{revision}”", revision=reference.revision)
    elif code in (401, 404):
        message = tr("there is no model of this name, or it is private (status {code}); check the spelling", code=code)
    elif code == 429:
        message = _too_many(response.headers.get("Retry-After", ""))
    elif code >= 500:
        message = tr("the hub has a problem (status {code}); try again later", code=code)
    else:
        message = tr("the hub refuses the request (status {code})", code=code)
    raise failure(reference, message)


def _too_many(seconds: str) -> str:
    if seconds.isdigit():
        return tr("too many requests came from here; try again in {seconds} seconds", seconds=seconds)
    return tr("too many requests came from here; try again in some seconds")


def _answer_in_time(reference: HubReference, address: str) -> dict[str, Any]:
    """The JSON at ``address``."""
    try:
        return in_time(lambda: _answer(reference, address), ANSWER_SECONDS, "hub")
    except ModelError:
        raise
    except TooSlowError as exc:
        raise failure(reference, tr(NO_ANSWER)) from exc
    except Exception as exc:  # whatever requests or the answer has, the user gets a sentence
        raise failure(reference, connection_problem(exc) or tr(NOT_THE_HUB)) from exc


def _answer(reference: HubReference, address: str) -> dict[str, Any]:
    import json

    import requests

    with requests.get(address, headers=headers(), timeout=ANSWER_SECONDS, stream=True) as response:
        check_status(reference, response)
        data = bytearray()
        for chunk in body(response, 65_536):
            data += chunk
            if len(data) > MAX_ANSWER_BYTES:
                raise failure(reference, tr("its list of files is too long"))
    answer: dict[str, Any] = json.loads(data)
    return answer


def _chosen_files(reference: HubReference, answer: dict[str, Any]) -> Listing:
    try:
        files = {file.name: file for file in map(_file, answer["siblings"])}
        commit = str(answer["sha"])
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise failure(reference, tr(NOT_THE_HUB)) from exc
    if not is_commit(commit):
        reason = tr("its commit is given as “{commit}”, which is not a commit", commit=commit[:60])
        raise failure(reference, reason)
    if is_commit(reference.revision) and commit != reference.revision:
        reason = tr(
            "revision {revision} was asked for, and another one, {commit}, is offered",
            revision=reference.revision[:12],
            commit=commit[:12],
        )
        raise failure(reference, reason)
    if "config.json" not in files:
        raise failure(reference, tr("it has no config.json, so it is no model that transformers can load"))
    if not has_tokenizer(files):
        raise failure(reference, tr("it has no tokenizer"))
    small = tuple(file for name, file in sorted(files.items()) if name in _SMALL_FILES)
    return Listing(reference, commit, small, _weights(reference, files))


def _file(sibling: dict[str, Any]) -> HubFile:
    lfs = sibling.get("lfs")
    digest = str(lfs["sha256"] if lfs else sibling.get("blobId") or "")
    return HubFile(str(sibling["rfilename"]), int(sibling.get("size") or 0), digest, bool(lfs))


def _weights(reference: HubReference, files: dict[str, HubFile]) -> tuple[HubFile, ...]:
    if WEIGHTS in files:
        return (files[WEIGHTS],)
    parts = [file for name, file in sorted(files.items()) if _PART.fullmatch(name)]
    if WEIGHTS_INDEX in files and parts:
        return tuple(parts)
    if any(name.endswith(_OTHER_WEIGHTS) for name in files):
        reason = tr("its weights are not offered as safetensors, and other files can run code when they are read")
        raise failure(reference, reason)
    raise failure(reference, tr("it has no weights"))

"""Many visitors at once: how long a page takes to run for each, with and without ``gc.freeze`` after loading.

Run as ``python -m benchmarks.sessions``. A visitor is a connection as the browser has it, which asks for the overview
again and again after short pauses. Servers with and without freezing are fresh ones, and take turns.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks import timing
from tests.support.server import Server

SESSIONS = (1, 10, 25, 50)
RUNS, PAUSE = 6, 2.0
ROUNDS = 2
WAIT = 15  # the model is loaded in the background after the first page
NO_FREEZE = "import gc\ngc.freeze = lambda: None\n"

Way = Literal["frozen", "not"]


@dataclass(frozen=True, slots=True)
class Visits:
    """Seconds of every run of the overview, and bytes that the server took for them; by number of sessions."""

    seconds: Mapping[int, Sequence[float]]
    memory: Mapping[int, int]

    @property
    def medians(self) -> dict[int, float]:
        """{sessions: seconds}."""
        return {count: statistics.median(seconds) for count, seconds in self.seconds.items()}


def measure() -> dict[Way, Visits]:
    """Both ways; of memory, the largest of all rounds."""
    seconds: dict[Way, dict[int, list[float]]] = {way: {count: [] for count in SESSIONS} for way in ("frozen", "not")}
    memory: dict[Way, dict[int, int]] = {way: dict.fromkeys(SESSIONS, 0) for way in seconds}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sitecustomize.py").write_text(NO_FREEZE)
        environments: dict[Way, dict[str, str]] = {"frozen": {}, "not": {"PYTHONPATH": folder}}
        for _ in range(ROUNDS):
            for way, environment in environments.items():
                with _warm_server(environment) as server:
                    for count in SESSIONS:
                        taken, held = _visited(server, count)
                        seconds[way][count] += taken
                        memory[way][count] = max(memory[way][count], held)
    return {way: Visits(seconds[way], memory[way]) for way in seconds}


def table(found: Mapping[Way, Visits]) -> list[str]:
    """Lines of the results."""
    lines = [
        f"A run of the overview for each visitor, one every {PAUSE:.0f} s: median, 95th percentile, longest.",
        "",
        "| visitors | model's objects frozen | not frozen |",
        "|---|---|---|",
    ]
    for count in SESSIONS:
        spread = [np.quantile(visits.seconds[count], (0.5, 0.95, 1)) for visits in found.values()]
        cells = [", ".join(map(timing.readable, each)) for each in spread]
        lines.append(f"| {count} | {' | '.join(cells)} |")
    return lines


@contextmanager
def _warm_server(environment: Mapping[str, str]) -> Iterator[Server]:
    """A server with the model in memory, for as long as the block lasts."""
    server = Server(**environment)
    try:
        asyncio.run(_visits(server.address, 1))
        time.sleep(WAIT)
        yield server
    finally:
        server.stop()


def _visited(server: Server, count: int) -> tuple[list[float], int]:
    """Seconds of every run, and bytes that the server took meanwhile."""
    taken: list[float] = []
    held = timing.peak_over_now(lambda: taken.extend(asyncio.run(_visits(server.address, count))), server.process.pid)
    return taken, held


async def _visits(address: str, count: int) -> list[float]:
    together = await asyncio.gather(*(_visit(address, PAUSE * number / count) for number in range(count)))
    return [seconds for visitor in together for seconds in visitor]


async def _visit(address: str, begin: float) -> list[float]:
    """Seconds of each run but the first, which sends everything there is."""
    await asyncio.sleep(begin)
    stream = address.replace("http", "ws", 1) + "_stcore/stream"
    async with connect(stream, subprotocols=["streamlit"], max_size=None, open_timeout=120) as connection:  # type: ignore[list-item]
        taken = []
        for _ in range(RUNS):
            taken.append(await _run(connection))
            await asyncio.sleep(PAUSE)
    return taken[1:]


async def _run(connection: ClientConnection) -> float:
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    start = time.perf_counter()
    await connection.send(asked.SerializeToString())
    async for told in connection:
        message = ForwardMsg()
        message.ParseFromString(told)
        if message.WhichOneof("type") == "script_finished":
            break
    return time.perf_counter() - start


if __name__ == "__main__":
    print("\n".join(table(measure())))

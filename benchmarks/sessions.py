"""Many visitors at once: how long a page takes to run for each, with and without ``gc.freeze`` after loading.

Run as ``python -m benchmarks.sessions``. A visitor is a connection as the browser has it, which asks for the overview
again and again after short pauses. Servers with and without freezing are fresh ones, and take turns.
"""

import asyncio
import tempfile
import time
from pathlib import Path

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.timing import readable
from tests.server import Server

SESSIONS = (1, 10, 25, 50)
RUNS, PAUSE = 6, 2.0
ROUNDS = 2
WAIT = 15  # the model is loaded in the background after the first page
NO_FREEZE = "import gc\ngc.freeze = lambda: None\n"


def measure() -> dict[str, dict[int, list[float]]]:
    """Seconds of every run of the overview: {frozen or not: {sessions: seconds}}."""
    found: dict[str, dict[int, list[float]]] = {way: {count: [] for count in SESSIONS} for way in ("frozen", "not")}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sitecustomize.py").write_text(NO_FREEZE)
        for _ in range(ROUNDS):
            for way, environment in (("frozen", {}), ("not", {"PYTHONPATH": folder})):
                server = Server(**environment)
                try:
                    asyncio.run(_visits(server.address, 1))
                    time.sleep(WAIT)
                    for count in SESSIONS:
                        found[way][count] += asyncio.run(_visits(server.address, count))
                finally:
                    server.stop()
    return found


def table(found: dict[str, dict[int, list[float]]]) -> list[str]:
    """Lines of the results."""
    lines = [
        f"A run of the overview for each of many visitors, one every {PAUSE:.0f} s each: median and 95th percentile.",
        "",
        "| visitors | model's objects frozen | not frozen | slowest, frozen | slowest, not |",
        "|---|---|---|---|---|",
    ]
    for count in SESSIONS:
        cells = []
        for way in ("frozen", "not"):
            half, most = np.quantile(found[way][count], (0.5, 0.95))
            cells.append(f"{readable(half)}, {readable(most)}")
        slowest = [readable(max(found[way][count])) for way in ("frozen", "not")]
        lines.append(f"| {count} | {' | '.join([*cells, *slowest])} |")
    return lines


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

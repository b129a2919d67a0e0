"""A visitor without a browser: what is said over the websocket, so that anything can be sent."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

from tests.support.server import Server

SECONDS = 120


@dataclass(frozen=True, slots=True)
class Shown:
    """What one run of a page has sent: its widgets by id with their kinds, and how many errors stand on it."""

    widgets: dict[str, str] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)

    @property
    def failures(self) -> int:
        """Exceptions that the page does not explain."""
        return self.kinds.count("exception")


@contextmanager
def visiting(server: Server, page: str) -> Iterator["WireVisitor"]:
    """A visitor of a page, for the length of the block."""
    address = server.address.replace("http", "ws", 1) + "_stcore/stream"
    with connect(address, max_size=None, open_timeout=SECONDS) as socket:
        yield WireVisitor(socket, page)


class WireVisitor:
    """Opens a page and runs it again with any values of its widgets."""

    def __init__(self, socket: ClientConnection, page: str) -> None:
        self._socket, self._page, self._hash = socket, page, ""

    def run(self, values: Iterable[WidgetState] = ()) -> Shown:
        """One run of the page to its end."""
        asked = BackMsg()
        asked.rerun_script.page_name, asked.rerun_script.page_script_hash = self._page, self._hash
        asked.rerun_script.widget_states.widgets.extend(values)
        self._socket.send(asked.SerializeToString())
        return self._until_the_end()

    def _until_the_end(self) -> Shown:
        shown = Shown()
        while True:
            message = ForwardMsg.FromString(bytes(self._socket.recv(SECONDS, decode=False)))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._hash = message.new_session.page_script_hash
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                name = element.WhichOneof("type") or ""
                shown.kinds.append(name)
                if identity := getattr(getattr(element, name, None), "id", ""):
                    shown.widgets[identity] = name
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return shown

"""A page that leaves while the store ends: whoever has said goodbye is not told it again, and nothing breaks."""

import asyncio

import uvicorn
from uvicorn.server import ServerState
from websockets.client import ClientProtocol
from websockets.uri import parse_uri

from store.closing_socket import ClosingSocket

WITHIN_S = 40


class Wire(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.sent, self.shut, self.written = b"", False, asyncio.Event()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += bytes(data)
        self.written.set()

    def close(self) -> None:
        self.shut = True

    def is_closing(self) -> bool:
        return self.shut


async def _page(scope: object, receive: object, send: object) -> None:
    await send({"type": "websocket.accept"})  # type: ignore[operator]
    await asyncio.Event().wait()


async def _ended(leaves: bool) -> tuple[bool, int | None]:
    """Whether the wire is shut when the store has ended, and with what the page was told so."""
    config = uvicorn.Config(_page, ws=ClosingSocket, lifespan="off")
    config.load()
    socket, wire, page = ClosingSocket(config, ServerState(), {}), Wire(), ClientProtocol(parse_uri("ws://store.shop/"))
    socket.connection_made(wire)
    page.send_request(page.connect())
    socket.data_received(b"".join(page.data_to_send()))
    await asyncio.wait_for(wire.written.wait(), WITHIN_S)
    page.receive_data(wire.sent)
    wire.sent = b""
    if leaves:
        page.send_close(1000)
        socket.data_received(b"".join(page.data_to_send()))
    socket.shutdown()
    page.receive_data(wire.sent)
    for task in list(socket.tasks):
        task.cancel()
    return wire.shut, page.close_rcvd.code if page.close_rcvd else None


def test_a_page_that_stays_is_told_that_the_store_ends() -> None:
    assert asyncio.run(_ended(leaves=False)) == (True, 1012)


def test_a_page_that_is_leaving_is_let_go() -> None:
    assert asyncio.run(_ended(leaves=True)) == (True, 1000)

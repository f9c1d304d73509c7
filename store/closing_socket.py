"""Closing socket: a page's web socket when the store ends, also if the page was just about to leave.

uvicorn says goodbye to every socket that is open. One that its page has begun to close has been said goodbye to
already, and the library under uvicorn takes a second one for a bug: the store would end in the middle of its ending.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class ClosingSocket(WebSocketsSansIOProtocol):
    """uvicorn's, that may be shut in every state."""

    def shutdown(self) -> None:
        """Goodbye, if it is still to be said."""
        if self.handshake_complete and self.conn.state.name != "OPEN":
            self.stop_keepalive()
            self.transport.close()
        else:
            super().shutdown()

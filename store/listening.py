"""Listening: an address for a server of ours, or one line that says which setting named one that cannot be had."""

import socket


class CannotListen(Exception):
    """The address is taken or not ours; one line for a person."""


def listen(host: str, port: int, setting: str) -> socket.socket:
    """A listening socket. CannotListen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise CannotListen(f"cannot listen on {host}:{port}: {error.strerror}; see {setting}") from error

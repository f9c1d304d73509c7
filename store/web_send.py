"""Web send: one request to another program, with the same distrust of the address as `web_fetch`.

Every address that the name stands for has to be allowed, the connection goes to the very one that was looked at,
nothing is followed elsewhere (Standard Webhooks: a redirection is a failure), and the answer is bounded in bytes and
time.
"""

import http.client
import threading
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from store.web_fetch import Address, NotFetched, connection_to, cut_off, is_public

WHOLE_S = 20
"""Of the whole exchange; Standard Webhooks recommends 15 to 30 seconds."""
MOST_BYTES = 4 << 20


class NotSent(Exception):
    """Nobody answered; the text says why."""


class Answer(NamedTuple):
    """What came back. `retry_after_s` is 0 where nothing was said."""

    status: int
    reason: str
    body: bytes
    retry_after_s: int = 0


def send(
    method: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allowed: Callable[[Address], bool] = is_public,
    setting: str = "webhooks.allow_private",
    whole_s: int = WHOLE_S,
) -> Answer:
    """What the other end answers, whatever it is. NotSent if nothing came, or too much, or too late."""
    ends = threading.Event()
    try:
        connection = connection_to(url, allowed, setting)
    except NotFetched as error:
        raise NotSent(str(error)) from None
    clock = threading.Timer(whole_s, cut_off, (connection, ends))
    clock.start()
    try:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body or None, {"User-Agent": "Kassa", **headers})
        answer = connection.getresponse()
        content = answer.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error) or type(error).__name__
        why = f"took longer than {whole_s} s" if ends.is_set() else said
        raise NotSent(why) from None
    finally:
        clock.cancel()
        connection.close()
    if ends.is_set() or len(content) > MOST_BYTES:
        raise NotSent(f"took longer than {whole_s} s" if ends.is_set() else "answered more than can be read")
    after = answer.headers.get("Retry-After", "")
    return Answer(answer.status, answer.reason, content, int(after) if after.isdigit() and len(after) < 9 else 0)

"""Renewing: the lane asks the store for its next certificate, long before this one ends; nobody has to think of it.

It looks now and then whether the time has come. The question travels over the link, so the broker has said who asks;
the answer lies on the disk before it counts (`identity`), and the next connection is made with it. Files are touched
in the background alone. What fails is asked again at the next look; the console names a certificate that nobody renews.
"""

from collections.abc import Callable, Iterable
from typing import Any

import structlog

from kiosk.app.background import Job
from kiosk.app.identity import Identity, NotForUs
from kiosk.values.moment import Moment
from kiosk.wire.asking import CertificateAnswer, CertificateAsk

LOOK_EVERY_MS = 6 * 3_600_000


class Renewing:
    """One lane's, turned by the link."""

    def __init__(self, identity: Identity, background: Callable[[Job], None]) -> None:
        self._identity, self._background = identity, background
        self._next_look_ms: int | None = None
        self._ready: CertificateAsk | None = None
        self._log = structlog.get_logger("certificate")

    def ask(self, now: Moment) -> CertificateAsk | None:
        """What to ask now, once; None: nothing."""
        if self._next_look_ms is None or now.tick_ms >= self._next_look_ms:
            self._next_look_ms = now.tick_ms + LOOK_EVERY_MS
            self._background(lambda: self._look(now.utc_ms))
        ready, self._ready = self._ready, None
        return ready

    def heard(self, answer: CertificateAnswer | None) -> None:
        """The store's answer; without one it stays as it is until the next look."""
        if answer is not None:
            self._background(lambda: self._take(answer.certificate.encode()))

    # --- in the background --------------------------------------------------------------------------------------------

    def _look(self, utc_ms: int) -> Iterable[Any]:
        try:
            if self._identity.due(utc_ms):
                self._ready = CertificateAsk(request=self._identity.request().decode("ascii"))
        except OSError as error:
            self._not_kept(error)
        return ()

    def _take(self, certificate: bytes) -> Iterable[Any]:
        try:
            self._identity.take(certificate)
        except (NotForUs, OSError) as error:
            self._not_kept(error)
        else:
            self._log.info("certificate.renewed", file=str(self._identity.certificate))
        return ()

    def _not_kept(self, error: Exception) -> None:
        self._log.error(
            "certificate.not_renewed",
            problem=str(error),
            what_to_do="let the lane write where [link] has its cert and key, or run kiosk adopt --again",
        )


class NoRenewing:
    """A lane that has no certificate."""

    def ask(self, now: Moment) -> None:
        """Nothing."""

    def heard(self, answer: CertificateAnswer | None) -> None:
        """Nothing was asked."""

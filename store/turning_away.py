"""Turning away: the broker learns who must not be heard any more, by the authority's revocation list.

Each look compares what is revoked with the list in the shop's folder (`broker/revoked.pem`, Mosquitto's `crlfile`). If
they differ, or the list is a day old, a new one is written, and Mosquitto is told to read it (SIGHUP), if `[adoption]
broker_pid_file` says which process it is, as in a shop that `store init` founded. Without that it reads the list when
it starts.

Mosquitto asks the list when somebody connects, and lets whoever is connected go on. So we take a revoked till's place:
a client that connects under the same client id ends the other's session (MQTT 5, section 3.1.4), and the till, which
tries again at once, is refused by the list. The access list cannot do this: it goes by the name, which belongs to the
till's next machine, too.
"""

import os
import signal
import ssl
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import paho.mqtt.client as paho
import structlog
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from sqlalchemy.engine import Engine

from kiosk.wire.topics import client_id
from store.certificates import NotOurs, list_age_ms, listed, revocation_list
from store.config import Config, LinkTable
from store.founding import LIST, CannotFound, authority_of, write_files
from store.revocation import ended_serials, revocations

LOOK_EVERY_S = 5
_ANEW_MS = 86_400_000
_WAIT_S = 5


class TurningAway:
    """One store's. A turn is a look."""

    def __init__(self, config: Config, engine: Engine, now_utc_ms: Callable[[], int]) -> None:
        self._config, self._engine, self._now = config, engine, now_utc_ms
        self._folder = Path(config.adoption.folder)
        self._leaving: tuple[str, ...] = ()
        self._log = structlog.get_logger("revocation")

    def turn(self) -> bool:
        """Write the list if it is not what it should be, and see those off who are on it. True: there is more to do."""
        if self._leaving:  # one turn after the broker was told, so that it has read the list
            for till in self._leaving:
                self._see_off(till)
            self._leaving = ()
            return False
        try:
            return self._write()
        except (CannotFound, NotOurs, OSError) as error:
            self._log.error("revocations.not_written", problem=str(error), what_to_do="see adoption.folder")
            return False

    def _write(self) -> bool:
        now, path = self._now(), self._folder.joinpath(LIST)
        wanted = ended_serials(self._engine, self._folder, now)
        before = path.read_bytes() if path.is_file() else b""
        known = listed(before) if before else frozenset()
        if before and known == set(wanted) and abs(list_age_ms(before, now)) < _ANEW_MS:
            return False
        write_files(self._folder, {LIST: revocation_list(authority_of(self._folder), wanted, now, before)})
        told = tell(self._config.adoption.broker_pid_file)
        self._log.warning("revocations.written", certificates=len(wanted), broker_told=told)
        fresh = {one.till for one in revocations(self._engine) if one.till and int(one.serial, 16) not in known}
        self._leaving = tuple(sorted(fresh))
        return bool(self._leaving)

    def _see_off(self, till: str) -> None:
        if not self._config.link.broker:
            return
        try:
            take_the_place(self._config.link, client_id(self._config.store.id, till))
        except (OSError, ValueError) as error:
            self._log.warning(
                "revocation.still_connected", till=till, problem=str(error), what_to_do="restart Mosquitto"
            )
        else:
            self._log.info("revocation.seen_off", till=till)


def tell(pid_file: str) -> bool:
    """Have Mosquitto read its certificates again; whether it was told."""
    if not pid_file:
        return False
    log = structlog.get_logger("revocation")
    try:
        pid = int(Path(pid_file).read_text(encoding="ascii"))
        if Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip() != "mosquitto":
            raise ProcessLookupError(f"process {pid} is not Mosquitto")
        os.kill(pid, signal.SIGHUP)
    except (OSError, ValueError) as error:
        log.error("broker.not_told", problem=str(error), what_to_do="systemctl reload mosquitto")
        return False
    return True


def take_the_place(table: LinkTable, client: str) -> None:
    """Connect once under this client id, which ends whoever is connected so. OSError: the broker cannot be reached."""
    url = urlsplit(table.broker)
    ours = paho.Client(CallbackAPIVersion.VERSION2, client_id=client, protocol=MQTTProtocolVersion.MQTTv5)
    if url.scheme == "mqtts":
        trust = ssl.create_default_context(cafile=table.ca or None)
        if table.cert:
            trust.load_cert_chain(table.cert, table.key or None)
        ours.tls_set_context(trust)
    if table.username:
        password = Path(table.password_file).read_text(encoding="utf-8").strip() if table.password_file else None
        ours.username_pw_set(table.username, password)
    answered: list[bool] = []
    ours.on_connect = lambda _client, _data, _flags, reason, _properties: answered.append(not reason.is_failure)
    ours.connect(url.hostname or "", url.port or (8883 if url.scheme == "mqtts" else 1883), clean_start=True)
    for _ in range(_WAIT_S):
        ours.loop(1)
        if answered:
            break
    ours.disconnect()
    if not any(answered):
        raise ConnectionRefusedError("the broker did not take us in its place")

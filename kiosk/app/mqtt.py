"""MQTT: paho as the link's transport (MQTT 5, QoS 1). paho keeps its own thread; its callbacks only fill the inbox.

Its queue is never the truth: what is not acknowledged by the store lives in the outbox, so nothing is handed to paho
while there is no connection. The last will says `online: false` two seconds after the line is lost, so that a flapping
line does not flicker on the console. A refused publication shows only in the reason code (135: not authorized).
"""

import ssl
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import paho.mqtt.client as paho
import structlog
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from kiosk.app.config_tables import LinkTable
from kiosk.app.inbox import Inbox
from kiosk.app.link import Arrived, Connected, Disconnected
from kiosk.values.settings import BadSettings
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import last_will
from kiosk.wire.topics import FROM_STORE, client_id, price_book_topic, till_topic

_WILL_DELAY_S = 2
_GOODBYE = ReasonCode(PacketTypes.DISCONNECT, "Disconnect with will message")
_KEEPALIVE_S = 15


class Mqtt:
    """One connection that mends itself."""

    def __init__(self, table: LinkTable, store: str, till: str, inbox: Inbox, started: str) -> None:
        """`started`: RFC 3339, the will's time. BadSettings if a secret of the table cannot be read."""
        url = urlparse(table.broker)
        self._inbox, self._table = inbox, table
        self._log = structlog.get_logger("mqtt")
        self._subscriptions = [(till_topic(store, till, what), 1) for what in FROM_STORE] + [
            (price_book_topic(store), 1)
        ]
        self._client = client = paho.Client(
            CallbackAPIVersion.VERSION2, client_id=client_id(store, till), protocol=paho.MQTTv5
        )
        client.on_connect, client.on_disconnect = self._on_connect, self._on_disconnect
        client.on_message, client.on_publish = self._on_message, self._on_publish
        client.on_subscribe, client.on_connect_fail = self._on_subscribe, self._on_connect_fail
        client.reconnect_delay_set(1, 30)
        self._trust = _secure(client, table, url.scheme)
        will = Properties(PacketTypes.WILLMESSAGE)  # type: ignore[no-untyped-call]
        will.WillDelayInterval = _WILL_DELAY_S
        body = encode(last_will(store, till, at=started))
        client.will_set(till_topic(store, till, "state"), body, qos=1, retain=True, properties=will)
        self._broker = url.hostname or "", url.port or (8883 if url.scheme == "mqtts" else 1883)
        self._calling = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._client.connect_async(*self._broker, _KEEPALIVE_S)
        self._client.loop_start()

    def call(self) -> None:
        """Do not wait any longer for the next try. paho's thread is stopped and begun anew, which takes up to a second
        and is done beside."""
        threading.Thread(target=self._call, name="call the broker", daemon=True).start()

    def _call(self) -> None:
        if self._calling.acquire(blocking=False):
            try:
                if not self._client.is_connected():
                    self._client.loop_stop()
                    self._begin()
            finally:
                self._calling.release()

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Into the connection, or nowhere."""
        if self._client.is_connected():
            self._client.publish(topic, payload, qos=1, retain=retain)

    def close(self) -> None:
        """Say goodbye in such a way that the broker publishes the will: the console shall see that nobody is there."""
        with self._calling:
            self._client.disconnect(reasoncode=_GOODBYE)
            self._client.loop_stop()

    # --- in paho's thread ---------------------------------------------------------------------------------------------

    def _on_connect(self, client: paho.Client, data: Any, flags: Any, code: ReasonCode, properties: Any) -> None:
        if code.is_failure:
            self._inbox.put(Disconnected(str(code)))
            return
        client.subscribe(self._subscriptions)

    def _on_subscribe(self, client: paho.Client, data: Any, mid: int, codes: list[ReasonCode], props: Any) -> None:
        refused = [str(code) for code in codes if code.is_failure]
        if refused:
            self._log.error("mqtt.subscription_refused", codes=refused)
            self._inbox.put(Disconnected(f"subscription refused: {refused[0]}"))
            return
        self._inbox.put(Connected())

    def _on_connect_fail(self, client: paho.Client, data: Any) -> None:
        self._show_the_newest()
        self._inbox.put(Disconnected("the broker cannot be reached"))

    def _on_disconnect(self, client: paho.Client, data: Any, flags: Any, code: ReasonCode, properties: Any) -> None:
        self._show_the_newest()
        self._inbox.put(Disconnected(str(code)))

    def _show_the_newest(self) -> None:
        """The certificate may have been renewed since the line was made: the next one is made with what is there."""
        if self._trust is not None and self._table.cert:
            try:
                self._trust.load_cert_chain(self._table.cert, self._table.key or None)
            except OSError as error:  # also ssl.SSLError: what was loaded before stays
                self._log.error("mqtt.certificate_unreadable", file=self._table.cert, problem=str(error))

    def _on_message(self, client: paho.Client, data: Any, message: paho.MQTTMessage) -> None:
        self._inbox.put(Arrived(message.topic, bytes(message.payload), message.retain))

    def _on_publish(self, client: paho.Client, data: Any, mid: int, code: ReasonCode, properties: Any) -> None:
        if code.is_failure:
            self._log.error("mqtt.publication_refused", code=str(code))


class NoTransport:
    """A lane without a store: everything stays in the outbox."""

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Nowhere."""

    def call(self) -> None:
        """Nobody."""

    def close(self) -> None:
        """Nothing to close."""


def _secure(client: paho.Client, table: LinkTable, scheme: str) -> ssl.SSLContext | None:
    """Whom we believe and who we are; None without TLS."""
    try:
        if table.username:
            password = Path(table.password_file).read_text(encoding="utf-8").strip() if table.password_file else None
            client.username_pw_set(table.username, password)
        if scheme != "mqtts":
            return None
        trust = ssl.create_default_context(cafile=table.ca or None)
        if table.cert:
            trust.load_cert_chain(table.cert, table.key or None)
        client.tls_set_context(trust)
        return trust
    except (OSError, ValueError) as error:
        raise BadSettings(f"link: {error}; see [link] in kiosk.toml") from error

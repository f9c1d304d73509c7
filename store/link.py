"""Link: the store's end of the broker (MQTT 5, QoS 1).

paho keeps its own thread; its callbacks only put messages into the clerk's tray. Reason codes are read: a broker that
denies a subscription says so, and a till that nobody hears would be a mystery otherwise. Nothing is kept in the broker
for us: tills repeat what was not acknowledged, and retained messages come again at each connection. So every connection
begins clean and leaves nothing behind (session expiry 0): with a session that outlives its client the broker would keep
a killed worker's messages for a worker that never comes back.

What is booked or answered is subscribed to as a shared subscription (MQTT 5, section 4.8.2): each message comes to one
of all who share, the process with the console and any number of workers. They may be overtaken by one another; the
order of sales is in their numbers, never in their arrival. What a till says of itself only the console hears.
"""

import secrets
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from kiosk.wire.codec import LARGEST_BYTES
from kiosk.wire.topics import Address, What, every_till, parse_topic
from store.config import LinkTable

SHARED: tuple[What, ...] = ("sale", "stock", "event", "ask")
OWN: tuple[What, ...] = ("basket", "state", "health", "result")
_SHARE = "$share/kassa/"
_KEEP_ALIVE_S = 20
_PORT = {"mqtt": 1883, "mqtts": 8883}


class BadLink(Exception):
    """The link cannot be set up as configured; one line for a person."""


class Link:
    """One connection, kept up for ever."""

    def __init__(
        self,
        table: LinkTable,
        store: str,
        heard: Callable[[Address, bytes], None],
        connected: Callable[[], None],
        *,
        worker: bool = False,
    ) -> None:
        """`heard` gets every message of a till and `connected` is told of every connection, both in paho's thread.

        `worker`: one of several, that hears only what is shared.
        """
        self._worker = worker
        self._store, self._heard, self._connected = store, heard, connected
        self._url = urlsplit(table.broker)
        self._log = structlog.get_logger("link")
        self.up = False
        self._asked_for: list[str] = []
        self._client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=f"store-{store}-{secrets.token_hex(4)}" if worker else f"store-{store}",
            protocol=MQTTProtocolVersion.MQTTv5,
        )
        self._table = table
        self._trust: ssl.SSLContext | None = None
        self._secure(table)
        self._client.reconnect_delay_set(min_delay=1, max_delay=30)
        self._client.max_queued_messages_set(10_000)
        self._client.on_connect = self._on_connect
        self._client.on_connect_fail = self._on_connect_fail
        self._client.on_disconnect = self._on_disconnect
        self._client.on_subscribe = self._on_subscribe
        self._client.on_message = self._on_message
        self._client.on_publish = self._on_publish

    def _secure(self, table: LinkTable) -> None:
        try:
            if self._url.scheme == "mqtts":
                trust = ssl.create_default_context(cafile=table.ca or None)
                if table.cert:
                    trust.load_cert_chain(table.cert, table.key or None)
                self._client.tls_set_context(trust)
                self._trust = trust
            if table.username:
                password = (
                    Path(table.password_file).read_text(encoding="utf-8").strip() if table.password_file else None
                )
                self._client.username_pw_set(table.username, password)
        except (OSError, ValueError) as error:
            raise BadLink(f"link: {error}; see [link] in store.toml") from error

    def start(self) -> None:
        """Connect, and again whenever the connection is lost."""
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho annotates nothing here
        properties.MaximumPacketSize = LARGEST_BYTES + 1024
        properties.SessionExpiryInterval = 0
        port = self._url.port or _PORT[self._url.scheme]
        self._client.connect_async(
            self._url.hostname or "", port, keepalive=_KEEP_ALIVE_S, clean_start=True, properties=properties
        )
        self._client.loop_start()

    def stop(self) -> None:
        """Say goodbye."""
        self._client.disconnect()
        self._client.loop_stop()

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Say it, QoS 1. While the broker is away paho keeps a bounded queue; what is lost there is asked for again."""
        self._client.publish(topic, payload, qos=1, retain=retain)

    # --- in paho's thread ---------------------------------------------------------------------------------------------

    def _on_connect(
        self, client: Client, _data: Any, _flags: ConnectFlags, reason: ReasonCode, properties: Properties | None
    ) -> None:
        if reason.is_failure:
            self._log.error("link.refused", why=str(reason))
            return
        shares = bool(getattr(properties, "SharedSubscriptionAvailable", 1))  # absent: it does
        if self._worker and not shares:
            self._log.error(
                "link.denied", why="this broker shares no subscriptions: use one process, or another broker"
            )
            return
        self.up = True
        self._log.info("link.up", broker=self._url.netloc.rpartition("@")[2])
        self._asked_for = list(self._topics(shares))
        client.subscribe([(topic, SubscribeOptions(qos=1)) for topic in self._asked_for])
        self._connected()

    def _topics(self, shares: bool) -> Iterator[str]:
        for what in SHARED:
            yield (_SHARE if shares else "") + every_till(self._store, what)
        for what in () if self._worker else OWN:
            yield every_till(self._store, what)

    def _on_connect_fail(self, _client: Client, _data: Any) -> None:
        self._log.warning("link.unreachable", broker=self._url.netloc.rpartition("@")[2])

    def _on_disconnect(
        self, _client: Client, _data: Any, _flags: DisconnectFlags, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        self.up = False
        self._log.info("link.down", why=str(reason))
        if self._trust is not None and self._table.cert:
            try:  # it may have been renewed since: the next connection is made with what is there
                self._trust.load_cert_chain(self._table.cert, self._table.key or None)
            except OSError as error:  # also ssl.SSLError: what was loaded before stays
                self._log.error("link.certificate_unreadable", file=self._table.cert, problem=str(error))

    def _on_subscribe(
        self, _client: Client, _data: Any, _mid: int, reasons: list[ReasonCode], _properties: Properties | None
    ) -> None:
        for topic, reason in zip(self._asked_for, reasons, strict=False):
            if reason.is_failure:
                self._log.error("link.denied", topic=topic, why=str(reason))

    def _on_publish(
        self, _client: Client, _data: Any, _mid: int, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        if reason.is_failure:
            self._log.error("link.denied", what="publish", why=str(reason))

    def _on_message(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        address = parse_topic(message.topic)
        if address is not None and message.payload:
            self._heard(address, bytes(message.payload))

"""The lane's MQTT against a real Mosquitto, with a stranger's client listening."""

import select
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.app.config import LinkTable
from kiosk.app.inbox import Inbox
from kiosk.app.link import Arrived, Connected, Disconnected
from kiosk.app.mqtt import Mqtt
from kiosk.demo.ports import free_port
from kiosk.values.settings import BadSettings
from kiosk.wire.topics import till_topic

STATE = till_topic("s001", "k01", "state")
_PATIENCE_MS = 15_000


class Ear:
    """The loop's end of the inbox."""

    def __init__(self) -> None:
        self.inbox = Inbox()
        self.heard: list[Any] = []

    def wait_for(self, kind: type) -> Any:
        """The next message of this kind."""
        poll = select.poll()
        poll.register(self.inbox.fileno(), select.POLLIN)
        while not any(isinstance(message, kind) for message in self.heard):
            assert poll.poll(_PATIENCE_MS), f"no {kind.__name__} came: {self.heard}"
            self.heard += self.inbox.take()
        found = next(message for message in self.heard if isinstance(message, kind))
        self.heard.remove(found)
        return found


@pytest.fixture
def ear() -> Iterator[Ear]:
    listening = Ear()
    yield listening
    listening.inbox.close()


def mqtt(ear: Ear, port: int) -> Mqtt:
    return Mqtt(LinkTable(broker=f"mqtt://127.0.0.1:{port}"), "s001", "k01", ear.inbox, "2026-11-24T09:00:00.000Z")


def stranger(port: int, topic: str) -> str:
    """What mosquitto_sub hears first on a topic."""
    command = ["mosquitto_sub", "-h", "127.0.0.1", "-p", str(port), "-V", "5", "-t", topic, "-C", "1", "-W", "15"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_call_does_not_wait_for_the_next_try(ear: Ear, start_broker: Callable[..., int]) -> None:
    """The waits between two tries grow to 30 s; staff who have put the plug back need not stand there."""
    port = free_port()
    lane = mqtt(ear, port)
    lane._client.reconnect_delay_set(3_600, 3_600)
    ear.wait_for(Disconnected)
    assert start_broker("allow_anonymous true", port) == port
    lane.call()
    lane.call()
    ear.wait_for(Connected)
    lane.publish(STATE, b"here", retain=True)
    assert stranger(port, STATE).strip() == "here"
    lane.close()


def test_messages_go_both_ways(ear: Ear, broker: int) -> None:
    lane = mqtt(ear, broker)
    ear.wait_for(Connected)
    lane.publish(STATE, b"here", retain=True)
    assert stranger(broker, STATE).strip() == "here"
    ack = till_topic("s001", "k01", "ack")
    subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(broker), "-t", ack, "-m", "ok"], check=True)
    assert ear.wait_for(Arrived) == Arrived(ack, b"ok")
    lane.close()


def test_a_lane_that_stops_is_seen_to_be_offline(ear: Ear, broker: int) -> None:
    lane = mqtt(ear, broker)
    ear.wait_for(Connected)
    lane.publish(STATE, b"here", retain=True)
    stranger(broker, STATE)
    listener = subprocess.Popen(
        ["mosquitto_sub", "-h", "127.0.0.1", "-p", str(broker), "-V", "5", "-t", STATE, "-C", "2", "-W", "15"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert listener.stdout is not None
    assert listener.stdout.readline().strip() == "here"
    lane.close()
    assert '"online":false' in listener.stdout.readline()
    listener.wait(timeout=15)


def test_a_broker_that_dies_and_returns(
    ear: Ear, start_broker: Callable[..., int], stop_broker: Callable[[int], None]
) -> None:
    port = start_broker("allow_anonymous true")
    lane = mqtt(ear, port)
    ear.wait_for(Connected)
    stop_broker(port)
    ear.wait_for(Disconnected)
    lane.publish(STATE, b"lost")
    start_broker("allow_anonymous true", port)
    ear.wait_for(Connected)
    lane.close()


def test_a_broker_that_refuses_is_told(ear: Ear, start_broker: Callable[..., int]) -> None:
    lane = mqtt(ear, start_broker("allow_anonymous false"))
    assert "authori" in ear.wait_for(Disconnected).why.lower()
    lane.close()


@pytest.mark.parametrize(
    "table",
    [
        LinkTable(broker="mqtt://127.0.0.1:1", username="k01", password_file="/nowhere/password"),
        LinkTable(broker="mqtts://127.0.0.1:1", ca="/nowhere/ca.pem"),
        LinkTable(broker="mqtts://127.0.0.1:1", ca="/etc/hostname"),
    ],
)
def test_a_secret_that_cannot_be_read_is_one_line_for_the_operator(ear: Ear, table: LinkTable) -> None:
    with pytest.raises(BadSettings, match=r"^link: .*\[link\]"):
        Mqtt(table, "s001", "k01", ear.inbox, "2026-11-24T09:00:00.000Z")

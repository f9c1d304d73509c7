"""Alerts: a sound and a notification of the browser for whoever is asked to help, and a screen that stays awake.

Browsers make no sound and ask for no permission before somebody touched the page, and notify and stay awake only in a
secure context (HTTPS, or this machine): so there is a button, which says what it could not have and where to get it.
The choice is kept in the browser.
"""

import json
from collections.abc import Iterable
from typing import Any

import msgspec
from nicegui import ui
from nicegui.events import GenericEventArguments

from store.escalation import Task

_JS = """
window.kassa = {
  on: false, lock: null, sound: null,
  async arm(ask) {
    const said = { sound: true, notify: 'unavailable', wake: false };
    try {
      this.sound = this.sound || new AudioContext();
      await Promise.race([this.sound.resume(), new Promise(done => setTimeout(done, 500))]);
      said.sound = this.sound.state === 'running';
    } catch (trouble) { said.sound = false; }
    if (window.isSecureContext && 'Notification' in window) {
      said.notify = ask && Notification.permission === 'default'
        ? await Notification.requestPermission() : Notification.permission;
    }
    this.on = true;
    said.wake = await this.stayAwake();
    localStorage.setItem('kassa-alerts', 'on');
    emitEvent('armed', said);
  },
  flip() {
    if (!this.on) { this.arm(true); return; }
    this.disarm(); emitEvent('disarmed');
  },
  disarm() {
    this.on = false;
    if (this.lock) { this.lock.release(); this.lock = null; }
    localStorage.removeItem('kassa-alerts');
  },
  async stayAwake() {
    if (!('wakeLock' in navigator)) return false;
    try { this.lock = await navigator.wakeLock.request('screen'); return true; } catch (trouble) { return false; }
  },
  call(title, body, tag) {
    document.title = '(!) ' + document.title.replace('(!) ', '');
    if (!this.on) return;
    if (this.sound && this.sound.state === 'running') {
      [[880, 0], [1175, 0.22], [880, 0.44]].forEach(([hertz, after]) => {
        const tone = this.sound.createOscillator(), loud = this.sound.createGain(), at = this.sound.currentTime + after;
        tone.frequency.value = hertz; loud.gain.setValueAtTime(0.25, at);
        loud.gain.exponentialRampToValueAtTime(0.001, at + 0.2);
        tone.connect(loud).connect(this.sound.destination); tone.start(at); tone.stop(at + 0.2);
      });
    }
    if (navigator.vibrate) navigator.vibrate([200, 100, 200]);
    if (window.isSecureContext && 'Notification' in window && Notification.permission === 'granted') {
      try {
        const note = new Notification(title, { body: body, tag: tag, renotify: true, requireInteraction: true });
        note.onclick = () => { window.focus(); note.close(); };
      } catch (trouble) { /* Android's Chromium has them only in a service worker: the sound must do */ }
    }
  },
  calm() { document.title = document.title.replace('(!) ', ''); },
};
document.addEventListener('visibilitychange', () => {
  if (window.kassa.on && document.visibilityState === 'visible') window.kassa.stayAwake();
});
document.addEventListener('pointerdown', () => {
  if (!window.kassa.on && localStorage.getItem('kassa-alerts')) window.kassa.arm(false);
}, { once: true, capture: true });
"""


class Heard(msgspec.Struct, frozen=True):
    """Which calls somebody has been asked for, and how often the call has gone on: a later asking rings again."""

    keys: frozenset[tuple[str, str, str]] = frozenset()


def ringing(before: Heard, tasks: Iterable[Task], who: str) -> tuple[Heard, list[Task]]:
    """What rings now at this person's page: what they have been asked for since. Pure."""
    mine = [task for task in tasks if who in task.asked and not task.need.seen_by]
    now = Heard(frozenset(task.need.key for task in mine))
    return now, [task for task in mine if task.need.key not in before.keys]


class Alerts:
    """One a page."""

    def __init__(self, who: str) -> None:
        self._who, self._heard, self._rang = who, Heard(), False
        ui.add_body_html(f"<script>{_JS}</script>")
        with ui.row().classes("items-center"):
            self._button = ui.button("Sound and notifications", icon="notifications_off").props("flat no-caps")
            # In the browser itself: what it grants it grants only to a finger, not to an answer of ours.
            self._button.on("click", js_handler="() => window.kassa.flip()").mark("alerts")
            self._said = ui.label().classes("k-muted").mark("alerts-said")
        ui.on("armed", self._armed)
        ui.on("disarmed", self._disarmed)

    def follow(self, tasks: Iterable[Task], called: dict[tuple[str, str, str], tuple[str, str]]) -> None:
        """Ring for what is new; `called`: title and words of each call."""
        self._heard, new = ringing(self._heard, tasks, self._who)
        self._rang = self._rang or bool(new)
        for task in new:
            title, body = called.get(task.need.key, (f"Checkout {task.need.till}", task.need.reason))
            words = ", ".join(json.dumps(text) for text in (title, body, "/".join(task.need.key)))
            ui.run_javascript(f"window.kassa.call({words})")
        if self._rang and not self._heard.keys:
            self._rang = False
            ui.run_javascript("window.kassa && window.kassa.calm()")

    def _armed(self, event: GenericEventArguments) -> None:
        self._button.props("icon=notifications_active")
        self._said.set_text(lacks(event.args))

    def _disarmed(self) -> None:
        self._button.props("icon=notifications_off")
        self._said.set_text("")


def lacks(said: dict[str, Any]) -> str:
    """What the browser did not grant, and what to do. Pure."""
    if said.get("notify") == "unavailable":
        return "Sound is on. To notify and to keep the screen awake this device must trust the shop: see /trust"
    if said.get("notify") == "denied":
        return "Sound is on. Notifications are blocked in this browser’s settings for this page."
    return "On" if said.get("sound") else "Touch the page once, then there is sound."

"""Product picture: chosen from this device or named on the web, and shown on a lane's card before anything is saved."""

from asyncio import to_thread
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from nicegui import events, ui

from kiosk.values.picture import BadPicture
from kiosk.wire.price_csv import PriceRow
from store import picture_upload
from store.console import book_words, words
from store.console.file_field import file_field
from store.console.form_parts import FIELD
from store.console.picture_route import drawing, mime_of
from store.parts import Parts
from store.pictures import STORE, WEB, content_of


class ProductPicture:
    """The part of the form about it. `now` is the product as typed; None while something is wrong with it."""

    def __init__(self, parts: Parts, source: str, now: Callable[[], PriceRow | None]) -> None:
        self._parts, self.source, self._now = parts, source, now
        self._shown: PriceRow | None = None
        ui.label("As shoppers see it").classes("b-head")
        with ui.element("div").classes("b-lane"):
            self._card = ui.element("div").classes("b-card").mark("as-shoppers-see-it")
            with ui.element("div").classes("b-card").style("flex-direction: column; align-items: stretch"):
                most = picture_upload.MOST_BYTES
                upload = file_field("Choose a picture", self._take, "image/*", most, main=False).mark("picture-file")
                upload.on("rejected", lambda: self._refuse(f"is larger than {picture_upload.MOST_BYTES >> 20} MiB"))
                self._upload = upload
                self._address = ui.input("or its address on the web", value="" if source.startswith(STORE) else source)
                self._address.props(f"{FIELD} clearable").on("keydown.enter", self._look).mark("picture-address")
                with ui.row().classes("w-full"):
                    ui.button("Look at it", on_click=self._look).props("flat no-caps dense").mark("picture-look")
                    ui.button("No picture", on_click=self._none).props("flat no-caps dense").mark("picture-none")
                self._wrong = ui.label().classes("k-trouble").mark("picture-wrong")

    def draw(self) -> None:
        """The card, as the product is typed now: half a price typed leaves what was right before."""
        self._shown = self._now() or self._shown
        row, currency = self._shown, self._parts.config.store.currency
        self._card.clear()
        with self._card:
            image = self._image()
            if image:
                ui.element("img").props(f'src="{image}" alt="Picture"').classes("b-picture").mark("picture")
            else:
                ui.label("The category’s drawing" if not self.source else "Not here yet").classes("b-picture b-none")
            with ui.element("div"):
                if row is not None:
                    ui.label(row.name).classes("b-name")
                    ui.label(book_words.told_unit_price(row, currency)).classes("k-muted")
                    ui.label(words.money(row.price_minor, currency)).classes("b-price")
                    if row.deposit_minor:
                        ui.label(f"+ deposit {words.amount(row.deposit_minor, currency)}").classes("k-muted")
                    if row.age_limit:
                        ui.label(f"{row.age_limit}+").classes("b-save")

    def _image(self) -> str:
        """As a data address, so that what is not saved yet can be seen; empty: there is none."""
        kind, _, name = self.source.partition(":")
        if kind == "svg":
            file = drawing(name)
            return _data("image/svg+xml", file.read_bytes()) if file is not None else ""
        content = content_of(self._folder, self.source) if self.source else None
        return _data(mime_of(content), content) if content is not None else ""

    @property
    def _folder(self) -> Path:
        return Path(self._parts.config.pictures.folder)

    async def _take(self, event: events.UploadEventArguments) -> None:
        content = await event.file.read()
        self._upload.reset()
        try:
            now = self._parts.now_utc_ms()
            source = await to_thread(picture_upload.upload, self._folder, content, now)
        except BadPicture as bad:
            self._refuse(str(bad))
            return
        except OSError as error:
            self._refuse(f"cannot be kept in {self._folder}: {error.strerror}")
            return
        if source is not None:  # None: the store is being stopped
            self._set(source)
            self._address.set_value("")

    async def _look(self) -> None:
        """What was typed: fetched now, as the store will fetch it every day."""
        address = str(self._address.value or "").strip()
        if not address:
            return
        if address.startswith("svg:") and drawing(address.removeprefix("svg:")) is not None:
            self._set(address)
        elif address.startswith(WEB):
            try:
                found = await to_thread(self._parts.pictures.look_now, address, "a product’s form")
            except OSError as error:
                self._refuse(f"cannot be kept in {self._folder}: {error.strerror}")
                return
            if found is None:
                return  # the store is being stopped
            if found.why:
                self._refuse(found.why)
            else:
                self._set(address)
        elif address.startswith("file:"):
            self._set(address)
        else:
            self._refuse("needs an address such as https://pictures.example/bread.png")

    def _none(self) -> None:
        self._address.set_value("")
        self._set("")

    def _set(self, source: str) -> None:
        self.source = source
        self._wrong.set_text("")
        self.draw()

    def _refuse(self, why: str) -> None:
        self._wrong.set_text(f"The picture {why}.")


def _data(mime: str, content: bytes) -> str:
    return f"data:{mime};base64,{b64encode(content).decode()}" if mime else ""

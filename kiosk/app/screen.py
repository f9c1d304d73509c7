"""Screen: the eyes and fingers of the loop. State and View become a scene, the scene becomes pixels, a touch a word.

What the shop must remember is `checkout.State`; what only the eyes know is the View, which lives here and is never
journalled. The scene is made anew only when one of the two has changed, or while something on it moves with time.
"""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from kiosk.app.attract import Attract
from kiosk.app.far_pictures import Wanted
from kiosk.app.photos import Dresser, NoPhotos, PictureReady
from kiosk.app.picking import Picker
from kiosk.app.surface import Said, Surface
from kiosk.app.telling import Headphones, Mouth, Mute, Teller
from kiosk.app.whispers import Whispers
from kiosk.checkout import events as e
from kiosk.checkout.item import Item
from kiosk.checkout.sale import Sale
from kiosk.checkout.state import Phase, State
from kiosk.search.shelf import POPULAR
from kiosk.ui import focus, viewing
from kiosk.ui.keys import Hand, KeyPressed, Meant, feel_key, held, is_looking
from kiosk.ui.motion import FRAME_MS, Moving, begin, due_ms, seen
from kiosk.ui.panel import USUAL_PANEL, Panel
from kiosk.ui.picture_file import Loaded
from kiosk.ui.room import room_in
from kiosk.ui.scene import Scene, hit
from kiosk.ui.screens import accessibility, caption
from kiosk.ui.screens.consent import CONSENT_TEXT
from kiosk.ui.screens.staff_item import kind_name
from kiosk.ui.show import scene as make_scene
from kiosk.ui.touch import GUARD_MS, PATIENT_GUARD_MS
from kiosk.ui.view import (
    CountEmpties,
    LeaveScale,
    Look,
    OpenForm,
    OpenPage,
    Pick,
    ResetSettings,
    SayAgain,
    StepSpeed,
    StepVolume,
    SubmitCode,
    SubmitEmail,
    SubmitMember,
    SubmitPin,
    SubmitPrice,
    SubmitSignUp,
    SwitchSetting,
    View,
)
from kiosk.ui.voice_steps import loudness
from kiosk.ui.words import Words
from kiosk.values.contact import read_contact, read_email
from kiosk.values.moment import Moment

TOUCH_EVERY_MS = 5_000


class Tap(msgspec.Struct, frozen=True):
    """A finger was lifted here, in the scene's own pixels: from the bench page, a story, or the debug port."""

    x: int
    y: int


class Screen:
    """Shows one lane."""

    def __init__(
        self,
        surface: Surface,
        words: dict[str, Words],
        *,
        typed: Callable[[str, Moment], e.Event],
        check_pin: Callable[[str, str, str], None],
        picked: Callable[[str, Moment], e.Event],
        picker: Picker,
        bags: Callable[[Moment], tuple[Item, ...]],
        keyed: Callable[[str, dict[str, str], int, Moment], e.Event],
        empties: Callable[[Moment], e.Event],
        kinds: tuple[str, ...],
        whispers: Whispers,
        signed: Callable[[Sale], str] | None = None,
        panel: Panel = USUAL_PANEL,
        mouth: Mouth = Mute(),  # noqa: B008 - it has no state
        headphones: Headphones = "detect",
        attract: Attract | None = None,
        photos: Dresser = NoPhotos(),  # noqa: B008 - it has no state
    ) -> None:
        """`typed` looks a code up, `picked` a tile's; `bags` are those that the shop sells;
        `keyed` makes an item of one of the `kinds`
        of goods at a price, `empties` names the containers that come back without a barcode;
        `check_pin` begins to check a PIN (and whose badge, by id, or the
        staff number) and later puts its event into the inbox;
        `signed` is a sale's receipt as a QR code holds it, empty if it has no room."""
        self._surface, self._words = surface, words
        self._typed, self._check_pin, self._whispers = typed, check_pin, whispers
        self._picked, self._picker, self._bags = picked, picker, bags
        self._keyed, self._kinds, self._empties = keyed, kinds, empties
        self._signed, self._photos = signed, photos
        self._signed_sale: Sale | None = None
        self._signed_text = ""
        self.view = View(panel=panel)
        self.scene: Scene | None = None
        self._made_of: tuple[State, View] | None = None
        self._now_ms = 0
        self._hand = Hand()
        self._grown = self._hung = False
        self._under: tuple[Scene, str] | None = None
        """What a sheet lies over, and the place that had the focus there."""
        self._moving: tuple[Moving, ...] = ()
        self._attract = attract
        self._teller = Teller(mouth, headphones=headphones)

    def paint(self, state: State, now: Moment) -> None:
        """Show the state as the eyes see it now."""
        self._now_ms = now.tick_ms
        self._sign(state)
        if self._made_of is None or viewing.now_needed(state, self.view) is not None:
            self.view = replace(self.view, now_ms=now.tick_ms, utc_ms=now.utc_ms)
        self._rest(state, now.tick_ms)
        due = viewing.page_deadline_ms(state, self.view)
        if due is not None and due <= now.tick_ms:
            self.view = viewing.close_page(self.view)
        hung, self._hung = self._hung, False
        if not hung and self._made_of is not None and self._made_of[0] is state and self._made_of[1] == self.view:
            self._move(now.tick_ms)
            return
        words = self.words_of(state)
        scene = self._ringed(self._photos.dressed(make_scene(state, self.view, words)))
        said = self._teller.tell(scene, state, self.view, words)
        if said != self.view.caption:
            self.view = replace(self.view, caption=said)
        scene = caption.over(scene, said, room_in(state, self.view))
        self._made_of = (state, self.view)
        if scene != self.scene:
            still = not self._surface.moves or state.settings.calm or state.settings.voice
            self._moving = () if still else begin(self.scene, scene, self._moving, now.tick_ms)
            self.scene = scene
            self._surface.show(seen(scene, self._moving, now.tick_ms))
        else:
            self._move(now.tick_ms)

    def _rest(self, state: State, now_ms: int) -> None:
        """The shop's own pictures, while nobody is there."""
        picture = self._attract.seen(state, self.view, now_ms) if self._attract is not None else ""
        if picture != self.view.attract:
            self.view = replace(self.view, attract=picture, focus="")

    def attracts(self, loaded: Loaded, now: Moment) -> None:
        """One of those pictures has been read."""
        assert self._attract is not None
        self._attract.hear(loaded, now.tick_ms)

    def hang(self, picture: PictureReady | Wanted) -> None:
        """A picture of the shop is ready: the same is seen with it. Or the store is to be asked for it."""
        if isinstance(picture, Wanted):
            self._photos.ask_the_store(picture)
            return
        self._photos.ready(picture)
        self._hung = True

    def _move(self, now_ms: int) -> None:
        """The next frame of what is on its way; the last one is the scene itself."""
        if self._moving and self.scene is not None:
            self._surface.show(seen(self.scene, self._moving, now_ms))
            self._moving = tuple(one for one in self._moving if one.ends_ms > now_ms)

    def _ringed(self, scene: Scene) -> Scene:
        """With the ring where the focus is now: it follows the screen, and after a scan rests on Pay."""
        grown, self._grown = self._grown, False
        if not self.view.focus or self.scene is None:
            self._under = None
            return scene
        was_sheet, is_sheet = bool(self.scene.modal_from), bool(scene.modal_from)
        place = focus.after(self.scene, scene, self.view.focus)
        if is_sheet and not was_sheet:
            self._under = (self.scene, self.view.focus)
        elif was_sheet and not is_sheet and self._under is not None:
            place, self._under = focus.back_from_sheet(self._under[0], scene, self._under[1]), None
        place = (focus.pay(scene) if grown else "") or place
        if place != self.view.focus:
            self.view = replace(self.view, focus=place)
        return focus.ringed(scene, place)

    def _sign(self, state: State) -> None:
        """The eyes know the signed receipt while it can be asked for. Signed once a sale."""
        if self._signed is None or state.lane.receipt_url:
            return
        sale = state.sale if state.phase is Phase.RECEIPT else None
        if sale is not self._signed_sale:
            self._signed_sale, self._signed_text = sale, self._signed(sale) if sale is not None else ""
        if self.view.signed_receipt != self._signed_text:
            self.view = replace(self.view, signed_receipt=self._signed_text)

    def words_of(self, state: State) -> Words:
        """The words of the shopper's language."""
        return self._words.get(state.language) or next(iter(self._words.values()))

    def follow(self, before: State, after: State) -> None:
        """The state has moved: pages that no longer fit it close."""
        self.view = viewing.follow(self.view, before, after)
        if viewing.is_new_visit(before, after):
            self._whispers.forget()
        newest = after.basket.lines[-1] if len(after.basket.lines) > len(before.basket.lines) else None
        self._grown = self._grown or _count(after) > _count(before)
        if newest is not None and newest.entry in ("pick", "weigh"):
            self._picker.taken(newest.item.gtin)
        if after.price_book != before.price_book:
            self._photos.forget()
        if (after.language, after.price_book) != (before.language, before.price_book):
            self._fill_shelf(after)

    def touches(self, now: Moment) -> list[Said]:
        """What was touched since the last turn, and what a key says that is held. A touch hides the ring."""
        if self.scene is None:
            return []
        patient = self._made_of is not None and self._made_of[0].more_time
        said = self._surface.touches(self.scene, now.tick_ms, PATIENT_GUARD_MS if patient else GUARD_MS)
        if said:
            self._teller.hush()
        if said and self.view.focus:
            self.view = replace(self.view, focus="")
        meant = held(self._hand, self.view.focus, now.tick_ms)
        self._hand = meant.hand
        return [*said, *meant.says]

    def key(self, key: KeyPressed, state: State, now: Moment) -> list[Said]:
        """A key of the keypad moved."""
        if self.scene is None:
            return []
        self._teller.hush()
        if self.view.attract:
            return list(_sign_of_life(state, now))
        say = self.words_of(state).say
        back, hand = (say("Back"), say("Close"), say("Back to shopper")), self._hand
        meant: Meant = feel_key(hand, key, self.scene, self.view.focus, back, now.tick_ms)
        self._hand = meant.hand
        if meant.focus != self.view.focus:
            why = self.view.why if focus.is_note(self.scene, meant.focus) else ""
            self.view = replace(self.view, focus=meant.focus, page_since_ms=now.tick_ms, why=why)
        return list(meant.says) or list(_sign_of_life(state, now, looking=is_looking(key, hand)))

    def tap(self, tap: Tap, state: State, now: Moment) -> list[Said]:
        """A whole touch at once."""
        self.view = replace(self.view, focus="")
        button = hit(self.scene, tap.x, tap.y) if self.scene is not None else None
        if button is None:
            return list(_sign_of_life(state, now))
        said = viewing.said_by(button)
        return [said] if said is not None else []

    def pays(self, pressed: e.PayPressed, now: Moment) -> e.PayPressed:
        """Pay, with the bags that the shopper may want first."""
        return replace(pressed, bags=self._bags(now))

    def look(self, look: Look, state: State, now: Moment) -> list[e.Event]:
        """Change what the eyes know. Any look is a sign of life; OK on a keypad asks the gate."""
        view = self.view
        self.view = viewing.look(replace(view, now_ms=now.tick_ms), look, state)
        self._fill_shelf(state)
        match look:
            case Pick(code):
                return [self._picked(code, now)]
            case SubmitPrice() if view.typed:
                return [self._at_a_price(view, now)]
            case CountEmpties():
                return [self._empties(now)]
            case SayAgain():
                self._teller.again(state, self.view, self.words_of(state))
            case StepVolume() | StepSpeed() if state.settings.voice:
                self._say_step(look, state)
            case SwitchSetting(name):
                return [switched(state, name)]
            case ResetSettings():
                return [e.SettingsChosen(settings=state.lane.settings)]
            case SubmitCode() if view.typed:
                return [self._typed(view.typed, now)]
            case SubmitMember() if view.typed:
                return [e.MemberCalled(key=self._whispers.keep(view.typed), typed=True)]
            case OpenForm("contact", _) if state.phase is Phase.THANKS:
                return [e.SignUpOpened()]
            case OpenPage("email"):
                return [e.EmailOpened()]
            case SubmitEmail() if (address := read_email(view.typed)) is not None:
                return [e.EmailTyped(address=self._whispers.keep(address))]
            case SubmitSignUp() if (contact := read_contact(view.typed)) is not None:
                return [self._sign_up(view, contact)]
            case OpenPage("staff_recall"):
                return [e.BasketsListed()]
            case LeaveScale():
                return [e.WeighingLeft()]
            case SubmitPin() if view.typed and state.pin_pause_until_tick <= now.tick_ms:
                self._check_pin(view.typed, state.badge.staff if state.badge else "", view.picked.get("number", ""))
        return _sign_of_life(state, now, looking=isinstance(look, SayAgain | StepVolume))

    def _say_step(self, step: StepVolume | StepSpeed, state: State) -> None:
        words, loud = self.words_of(state), loudness(self.view, state)
        said = accessibility.step_words(step, loud, self.view.voice_speed, words)
        self._teller.say((said,), state, self.view, words)

    def _sign_up(self, view: View, contact: str) -> e.Event:
        return e.SignUpPressed(
            contact=self._whispers.keep(contact),
            text=CONSENT_TEXT,
            marketing=view.picked.get("marketing") == "yes",
            receipt=view.picked.get("receipt", ""),  # type: ignore[arg-type]  # one of the form's own words
        )

    def _fill_shelf(self, state: State) -> None:
        """What the picker shows: what stands under the tab, or what the typed letters find."""
        view = self.view
        if view.page == "staff_item":
            self.view = replace(view, tabs=self._kinds)
        if view.page not in ("picker", "search"):
            return
        language, picker = state.language, self._picker
        tab = view.tab if view.tab in picker.shelf().tabs else POPULAR
        found = view.page == "search" and picker.shelf().search(view.typed, language)
        tiles = found if found is not False else picker.listed(tab, language)
        self.view = replace(view, tab=tab, tabs=picker.shelf().tabs, tiles=tiles)

    def _at_a_price(self, view: View, now: Moment) -> e.Event:
        """A thing of the chosen kind at the typed price, named in every language of the lane."""
        kind = view.tab if view.tab in self._kinds else self._kinds[0]
        names = {language: kind_name(kind, words) for language, words in self._words.items()}
        return self._keyed(kind, names, int(view.typed), now)

    @property
    def moving(self) -> bool:
        """Whether something is on its way to its place."""
        return due_ms(self._moving, self._now_ms) == self._now_ms + FRAME_MS

    def held_deadline_ms(self) -> int | None:
        """When a key or a finger that is held means something."""
        dues = (self._hand.deadline_ms(), self._surface.deadline_ms())
        return min((due for due in dues if due is not None), default=None)

    def png(self) -> bytes:
        """What is seen now."""
        return self._surface.png()

    def deadline_ms(self, state: State) -> int | None:
        """When the screen must be painted without anything having happened."""
        every = viewing.now_needed(state, self.view)
        dues = (
            None if every is None else (self._now_ms // every + 1) * every,
            viewing.page_deadline_ms(state, self.view),
            self.held_deadline_ms(),
            due_ms(self._moving, self._now_ms),
            self._attract.deadline_ms(state, self.view) if self._attract is not None else None,
        )
        return min((due for due in dues if due is not None), default=None)


def _count(state: State) -> int:
    return sum(line.count for line in state.basket.lines)


def switched(state: State, name: str) -> e.SettingsChosen:
    """All six switches, after one of them was touched."""
    if name == "more_time":
        return e.SettingsChosen(settings=state.settings, more_time=not state.more_time)
    flipped = {name: not getattr(state.settings, name)}
    return e.SettingsChosen(settings=replace(state.settings, **flipped), more_time=state.more_time)


def _sign_of_life(state: State, now: Moment, *, looking: bool = False) -> list[e.Event]:
    """Touched, but not at every key: each one is a write to the disk, and only an idle lane needs it."""
    fresh = now.tick_ms - state.touched_tick < TOUCH_EVERY_MS
    return [] if fresh and state.warned_tick is None and state.staff is None else [e.Touched(looking=looking)]

"""09 Member, by a telephone number or an e-mail address: the keys to type it with, to be found or to join."""

from kiosk.checkout.asking import is_asking
from kiosk.checkout.questions import MemberAsk
from kiosk.checkout.state import Phase, State
from kiosk.ui.room import room_in
from kiosk.ui.scene import Scene
from kiosk.ui.screens.address_page import address_page
from kiosk.ui.view import OpenPage, SubmitMember, TurnLeaf, View
from kiosk.ui.words import Words
from kiosk.values.contact import read_contact


def scene(state: State, view: View, words: Words) -> Scene:
    """The field, the keys, and the way on: to be found, or to what is agreed to."""
    say = words.say
    title = say("Type your telephone number or e-mail address.")
    waits = say("One moment, we are asking.") if is_asking(state, MemberAsk) else ""
    bad = "" if read_contact(view.typed) else say("Something is missing in this number or address.")
    joins = view.picked.get("tab") == "join"
    painted = address_page(
        state,
        view,
        words,
        title=waits or title,
        note="",
        back=OpenPage("" if state.phase is Phase.THANKS else "member"),
        does=TurnLeaf("consent") if joins else SubmitMember(),
        does_text=say("Next") if joins else say("OK"),
        does_icon="",
        why_not=waits or bad,
        icon="account-plus-outline" if joins else "card-account-details-star-outline",
    )
    return Scene("09-member-contact", room_in(state, view).panel.size, "ground", painted, title=title)

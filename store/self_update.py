"""Self-update: the store goes on on another version of itself, or is as it was. The theory, and its steps (pure).

Nothing acknowledged is ever lost, because nobody takes anything in between the stop of the service and the moment when
the new program is confirmed: the service is down, and what runs meanwhile is a trial (`store serve --trial`), which
hears no till and answers nobody. What lanes send in that time waits with them. So the backup that is made after the
stop has all that was ever acknowledged until somebody is confirmed, and going back to it forgets nothing.

One file says how far an update has come. An update goes as far as it can and then *settles*; after a power cut nothing
but the settling is left, and it is the same:

| the file says | the new program | the books | who runs |
|---|---|---|---|
| nothing | | as they are | whoever the link names |
| `stopping` | has touched nothing | as they are | the old one |
| `trying` | may have changed the books | aside; the backup takes their place | the old one |
| `confirmed` | was healthy on these books | as they are | the new one |

Settling is safe to cut and to begin again: `self_update_books` finds by the name of what was put aside whether it did
so before, and the link is replaced in one step. Once confirmed only the program may go back, never the books, since the
service may have acknowledged something; a program older than its books opens them, because migrations only add.
"""

import enum

import msgspec


class Step(enum.StrEnum):
    """How far an update has come."""

    STOPPING = "stopping"
    TRYING = "trying"
    CONFIRMED = "confirmed"


class Update(msgspec.Struct, frozen=True):
    """What the file says. `old` and `new` are folders of versions, `backup` a file; `made` the moment, RFC 3339."""

    step: Step
    old: str
    new: str
    backup: str
    made: str

    @property
    def books_back(self) -> bool:
        """Whether the books are to be those of the backup."""
        return self.step is Step.TRYING

    @property
    def program(self) -> str:
        """The folder of the version that is to run."""
        return self.new if self.step is Step.CONFIRMED else self.old

    @property
    def mark(self) -> str:
        """What names the books that are put aside: `failed_20261123t101340`."""
        return f"failed_{self.made[:19].replace('-', '').replace(':', '').lower()}"

    def at(self, step: Step) -> "Update":
        """The same, further on."""
        return msgspec.structs.replace(self, step=step)

    def told(self) -> str:
        """What settling did, for a person."""
        match self.step:
            case Step.STOPPING:
                return f"nothing was tried: {self.old} runs, on the books as they were"
            case Step.TRYING:
                return (
                    f"{self.old} runs, on the books as they were; what {self.new} made of them lies aside ({self.mark})"
                )
            case Step.CONFIRMED:
                return f"{self.new} runs; the books as they were before are in {self.backup}"

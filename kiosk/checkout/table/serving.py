"""Staff who serve."""

from kiosk.checkout import events as e
from kiosk.checkout import pausing, serving, training
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import CLOSED, Chapter, Ignored, by_phase, everywhere

CHAPTER = Chapter(
    rows={
        e.AssistedBegan: by_phase(closed=CLOSED, rest=serving.begin),
        e.AssistedEnded: everywhere(serving.end),
        e.LanePaused: by_phase(welcome=pausing.pause, closed=CLOSED, rest=Ignored("a pause begins between two visits")),
        e.TrainingBegan: by_phase(
            welcome=training.begin, closed=training.begin, rest=Ignored("training begins between two visits")
        ),
        e.TrainingEnded: everywhere(training.end),
        e.TrainingCardAnswered: everywhere(Ignored("nobody practises; in training it is heard as the terminal's word")),
    },
    moves={pausing.pause: (P.CLOSED,), training.begin: (P.WELCOME,)},
    shopper=(e.TrainingCardAnswered,),
    staff=(e.TrainingBegan, e.TrainingEnded, e.AssistedBegan, e.AssistedEnded, e.LanePaused),
)

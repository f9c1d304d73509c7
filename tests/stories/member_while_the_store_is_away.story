# A member while the store is away
# A card counts all the same: its points come when the store hears of the sale. A typed number cannot wait like that.
the store has member m7 called Sam with KM-555
network down

scan 9520001200014
scan KM-555
expect banner "Your card is saved"
expect customer card:KM-555
type member number 0701234567
expect banner "can’t look up members just now"
tap "Back"
tap "Pay"
tap card
wait 10 s
expect member m7 has 0 points
network up
wait 30 s
expect member m7 has 32 points

# A visit that is stopped gives its slip back
shop takes card gift_card
the bottle machine issues KD-2000004 of 12.00
scan 9520001200014
tap "Pay"
scan KD-2000004
wait 1 s
expect left to pay 20.90
wait 20 min
expect screen 01-welcome
wait 2 min
scan KD-2000004
expect banner "This slip is worth 12.00"

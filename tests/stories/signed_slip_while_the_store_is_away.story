# A signed slip of the bottle machine pays although nobody can be asked: up to 15.00 a basket, and once here
shop takes card gift_card
shop trusts signed slips up to 15.00 while the store is away
network down
scan signed slip KD-M1-0001 of 12.00
expect banner "This slip is worth 12.00"
scan 9520001200014
tap "Pay"
scan signed slip KD-M1-0001 of 12.00
wait 1 s
expect left to pay 20.90
scan signed slip KD-M1-0001 of 12.00
wait 1 s
expect text "This slip has been used here"
scan signed slip KD-M1-0002 of 4.00
wait 1 s
expect text "take more slips just now"
scan signed slip KD-M1-0003 of 2.00
wait 1 s
expect left to pay 18.90

# A second basket has its own 15.00; the slip that was used is remembered, through a power cut too
tap "Pay the rest"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 1 min
power cut
start
wait 20 s
scan 9520001200014
tap "Pay"
scan signed slip KD-M1-0001 of 12.00
wait 1 s
expect text "This slip has been used here"
scan signed slip KD-M1-0002 of 4.00
wait 1 s
expect left to pay 28.90
tap "Pay the rest"
tap "Card"
wait 3 s
tap card
wait 12 s
network up
wait 2 min
expect store paid 18.00 by voucher
expect everything in the books

# When the store is back it knows all of it: another checkout, or this one, gets nothing more for it
scan signed slip KD-M1-0001 of 12.00
wait 1 s
expect text "This slip is worth 0.00"

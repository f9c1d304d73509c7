# Two slips of the bottle machine pay one basket
# The first is used up, the second pays the rest; what is over stays on it, and the first is worth nothing any more.
shop takes card gift_card
the bottle machine issues KD-2000005 of 12.00
the bottle machine issues KD-2000006 of 50.00
scan 9520001200014
tap "Pay"
scan KD-2000005
wait 1 s
expect left to pay 20.90
scan KD-2000006
wait 2 s
expect screen 14a-receipt-choice
expect store paid 32.90 by voucher
expect everything in the books
wait 2 min
scan KD-2000005
expect banner "This slip is worth 0.00"
scan KD-2000006
expect banner "This slip is worth 29.10"

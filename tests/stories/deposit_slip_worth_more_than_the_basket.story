# A slip that is worth more than the basket
# It pays all of it, and the rest stays on the slip for the next time.
shop takes card gift_card
the bottle machine issues KD-2000002 of 50.00
scan 9520001200014
tap "Pay"
scan KD-2000002
wait 2 s
expect screen 14a-receipt-choice
expect store paid 32.90 by voucher
wait 2 min
scan KD-2000002
expect banner "17.10"

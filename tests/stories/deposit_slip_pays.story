# A slip of the bottle machine pays a part, once
# It is a tender: the tax of the goods stays what it is, and another lane could not use it again.
shop takes card gift_card
the bottle machine issues KD-2000001 of 12.00
scan KD-2000001
expect banner "This slip is worth 12.00"
scan 9520001200014
tap "Pay"
scan KD-2000001
wait 1 s
expect left to pay 20.90
tap "Pay the rest"
tap "Card"
wait 3 s
tap card
wait 12 s
expect store paid 12.00 by voucher
expect store paid 20.90 by card
expect everything in the books
wait 2 min

# The same slip again is worth nothing
scan 9520001200014
tap "Pay"
scan KD-2000001
wait 1 s
expect text "There is 0.00"
expect left to pay 32.90

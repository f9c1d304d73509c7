# The bottle machine talks to nobody: the store hears of its slip when it is scanned, believes the lane, and keeps it once
shop takes card gift_card
shop trusts signed slips up to 15.00 while the store is away
scan 9520001200014
tap "Pay"
scan signed slip KD-M1-0001 of 12.00
wait 1 s
expect left to pay 20.90
tap "Pay the rest"
tap "Card"
wait 3 s
tap card
wait 5 s
expect store paid 12.00 by voucher
tap "No receipt"
wait 1 min

# What the store took, the lane does not take again on its signature when the store is away
network down
scan 9520001200014
tap "Pay"
scan signed slip KD-M1-0001 of 12.00
wait 1 s
expect text "This slip has been used here"
tap "Card"
wait 3 s
tap card
wait 5 s
network up
wait 2 min
expect everything in the books

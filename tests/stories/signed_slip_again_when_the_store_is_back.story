# A slip that was taken while the store was away is not taken a second time by a store that has not heard of it yet
shop takes card gift_card
shop trusts signed slips up to 15.00 while the store is away
scan 9520001200014
network down
tap "Pay"
scan signed slip KD-M1-0001 of 12.00
wait 1 s
expect left to pay 20.90
# The store is back, and would pay it out again: the sale that used it is not made yet.
network up
wait 2 s
tap "Pay the rest"
scan signed slip KD-M1-0001 of 12.00
wait 1 s
expect text "This slip has been used here"
expect left to pay 20.90
# Neither after a power cut
power cut
start
wait 3 s
tap "Pay the rest"
scan signed slip KD-M1-0001 of 12.00
wait 1 s
expect left to pay 20.90
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 1 min
expect store paid 12.00 by voucher
expect 0.00 on KD-M1-0001
expect everything in the books

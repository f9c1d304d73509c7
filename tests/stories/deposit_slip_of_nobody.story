# A slip that no machine has printed, and a good one while the store is away
shop takes card gift_card
the bottle machine issues KD-2000003 of 12.00
scan 9520001200014
tap "Pay"
scan KD-2999999
wait 1 s
expect left to pay 32.90
network down
scan KD-2000003
wait 4 s
expect left to pay 32.90
network up
wait 15 s
scan KD-2000003
wait 1 s
expect left to pay 20.90

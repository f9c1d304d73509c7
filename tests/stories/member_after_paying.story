# The card comes too late for prices, not for points
the store has member m7 called Sam with KM-555
the store has member m8 called Kim with KM-556

scan 9520001200014
tap "Pay"
tap card
wait 10 s
expect screen 14a-receipt-choice
scan KM-555
wait 2 s
expect sound staff-ok
expect member m7 has 32 points

# Nobody else can have them too
scan KM-556
wait 2 s
expect member m8 has 0 points

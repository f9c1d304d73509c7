# Somebody corrects the lane's clock by an hour, backwards, in the middle of a basket: nothing times out, the basket is sold, and
# the sales keep their order.
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 30 s
scan 9520001400056
clock jumps -1 h
expect lines 1
wait 30 s
expect screen 02-scanning
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 30 s
expect the last sale is number 2 of 2026-11-24
expect reports of day.closed 0
expect store sales 2
expect everything in the books

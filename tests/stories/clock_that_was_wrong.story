# The battery of the clock is empty: the lane thinks it is 1970, later 2099, then it is told the time. Everything is sold
# and everything reaches the books; no shopper is hurried by a clock that jumps.
clock is set to 1970-01-01 01:00:10
scan 9520001200014
clock is set to 2099-12-31 23:59:50
expect due 32.90
wait 20 s
expect screen 02-scanning
scan 9520001200021
clock is set to 2026-11-24 08:05:00
expect lines 2
tap "Pay"
wait 3 s
tap card
wait 1 s
pin 1234
wait 5 s
tap "Print it"
wait 30 s
expect screen 01-welcome
clock is set to 1970-01-01 01:00:10
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 3 s
expect receipt contains "1970-01-01"
wait 30 s
expect store sales 2
expect everything in the books

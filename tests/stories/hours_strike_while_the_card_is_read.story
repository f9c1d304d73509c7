# A payment that has begun is finished: the clock calls no money back.
shop in us-test
clock is set to 2026-11-24 23:59:50
scan 9520001410048
staff pin 2468
tap "Approve"
tap "Lock"
tap "Pay"
wait 3 s
clock is set to 2026-11-25 00:00:20
tap card
wait 5 s
pin 1234
wait 5 s
tap "Print it"
wait 20 s
expect store sales 1
expect stock 9520001410048 -1
expect everything in the books

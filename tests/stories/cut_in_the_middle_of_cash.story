# The power goes while the cash is being written down: the drawer stayed shut, nothing was taken, and staff key it again.
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Cash"
staff pin 2468
disk sits in a sync
staff take cash 50.00
wait 5 s
expect drawer shut
expect sales 0
power cut seed 1
disk is done with its sync
start
wait 3 s
expect screen 11c-cash-wait
expect staff called for cash
expect drawer opened 0 times
staff pin 2468
staff take cash 50.00
wait 1 s
expect drawer opened 1 times
push the drawer shut
expect store paid 33.00 by cash
expect everything in the books

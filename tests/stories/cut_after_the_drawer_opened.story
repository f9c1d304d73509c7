# The power goes right after the drawer sprang open: the sale is there, once, and the drawer does not open again by itself.
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Cash"
staff pin 2468
staff take cash 50.00
power cut seed 3
wait 5 s
start
wait 3 s
expect drawer opened 1 times
expect sales 1
push the drawer shut
expect store paid 33.00 by cash
expect everything in the books

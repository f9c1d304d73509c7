# The disk hangs for minutes right when the cash is keyed: nobody's basket is taken away meanwhile, and the cash is in the sale.
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Cash"
staff pin 2468
disk sits in a sync
staff take cash 50.00
wait 6 min
expect sales 0
expect drawer shut
expect kept baskets 0
disk is done with its sync
wait 1 s
expect sales 1
expect drawer opened 1 times
push the drawer shut
wait 2 min
expect store paid 33.00 by cash
expect everything in the books

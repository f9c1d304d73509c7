# The machine goes away with money in it: what it told counts, and the rest is paid by hand.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 20 note
unplug the cash machine
wait 2 s
expect text "The cash machine does not answer"
expect text "20.00"
tap "Pay the rest another way"
wait 1 s
expect left to pay 12.90
tap "Cash"
expect screen 11c-cash-wait
staff pin 2468
staff take cash 13.00
wait 1 s
push the drawer shut
expect sales 1
plug in the cash machine
wait 5 s
tap "Staff"
tap "Lock"
tap "No receipt"
wait 20 s
expect 20.00 more in the cash machine
expect store paid 33.00 by cash
expect everything in the books

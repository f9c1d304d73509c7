# There is no machine to be seen: staff take the cash, as in a shop that has none.
shop takes card cash
shop has a cash machine
unplug the cash machine
wait 2 s
scan 9520001200014
tap "Pay"
expect text "Staff will take it here"
tap "Cash"
expect screen 11c-cash-wait
staff pin 2468
staff take cash 33.00
wait 1 s
push the drawer shut
tap "Staff"
tap "Lock"
tap "No receipt"
wait 20 s
expect everything in the books

# The hopper runs empty in the middle of the change: what came is known, staff pay the rest, and nobody counts on it again.
shop takes card cash
shop has a cash machine of a recycler, a coin acceptor and hoppers
staff put 40 coins of 1 into the cash machine
staff put 20 coins of 5 into the cash machine
staff pin 2468
staff at the cash machine key 140.00 "Change put in"
wait 5 s
tap "Staff"
tap "Lock"
the hopper of 5 really holds 1 coins
scan 9520001200014
tap "Pay"
tap "Cash"
wait 4 s
insert 50 note
wait 15 s
expect banner "The cash machine has stopped."
expect staff called for payback
take the money from the machine 7.00
staff pin 2468
expect text "Give back 10.00"
expect text "The machine paid 7.00"
tap "Open drawer and give it back"
wait 1 s
expect drawer opened 1 times
push the drawer shut
expect staff not called for payback
expect report cash.dispense_failed says owed_minor 1000
expect 43.00 more in the cash machine
tap "Lock"
tap "No receipt"
wait 30 s
expect store paid 33.00 by cash
expect everything in the books

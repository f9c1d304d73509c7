# What was put in is wanted back, and the machine jams before the first coin: staff pay all of it.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 20 note
the cash machine jams after 0.00
tap "Give my money back"
wait 3 s
expect staff called for payback
tap "Back"
staff pin 2468
expect text "The machine paid 0.00"
tap "Open drawer and give it back"
wait 1 s
push the drawer shut
tap "Lock"
expect 20.00 more in the cash machine
expect due 32.90
expect everything in the books

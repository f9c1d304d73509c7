# It goes away with a note on its way in, and does not come back: staff look whether it is in, and pay it back.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
hold a 20 note to it
wait 400 ms
unplug the cash machine
wait 3 s
tap "Pay another way"
wait 1 s
expect staff called for payout
tap "Back"
staff pin 2468
expect text "Cash in doubt"
staff settle the cash in doubt: 20.00 is missing
tap "Staff"
tap "Open drawer and give it back"
wait 1 s
push the drawer shut
tap "Lock"
expect due 32.90
tap "Pay"
expect 20.00 more in the cash machine
plug in the cash machine
wait 5 s
tap "Cash"
wait 2 s
insert 50 note
wait 5 s
take the money from the machine 17.00
expect everything in the books

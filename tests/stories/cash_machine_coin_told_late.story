# A coin falls in as the machine goes away, and nobody hears of it: when the machine is back, staff give it to the shopper.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 20 note
unplug the cash machine
insert 10 coin
expect text "20.00"
tap "Pay the rest another way"
wait 1 s
expect left to pay 12.90
expect staff not called for payout
tap "Card"
wait 3 s
tap card
wait 5 s
plug in the cash machine
wait 5 s
expect staff called for payout
staff pin 2468
expect text "Cash in doubt"
staff settle the cash in doubt: 10.00 is missing
tap "Staff"
expect report cash.payout_settled says owed_minor 1000
tap "Open drawer and give it back"
wait 1 s
push the drawer shut
tap "Lock"
tap "No receipt"
wait 20 s
expect 30.00 more in the cash machine
expect store paid 20.00 by cash
expect store paid 12.90 by card
expect everything in the books

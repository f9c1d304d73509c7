# The shopper thinks again: what was put in comes back, all of it, and the card pays.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 20 note
insert 5 coin
tap "Give my money back"
wait 5 s
expect screen 10-pay-choice
take the money from the machine 25.00
expect 0.00 more in the cash machine
expect the cash machine is shut
expect left to pay 32.90
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect store paid 32.90 by card
expect everything in the books

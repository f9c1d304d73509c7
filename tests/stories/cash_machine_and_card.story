# A part in cash, the rest by card.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 20 note
tap "Pay the rest another way"
wait 2 s
expect left to pay 12.90
expect the cash machine is shut
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect store paid 20.00 by cash
expect store paid 12.90 by card
expect 20.00 more in the cash machine
expect everything in the books

# Notes in by one machine, coins in by another, change out of both: to the shopper it is one.
shop takes card cash
shop has a cash machine of a recycler, a coin acceptor and hoppers
staff put 40 coins of 1 into the cash machine
staff put 20 coins of 5 into the cash machine
staff pin 2468
staff at the cash machine key 140.00 "Change put in"
wait 5 s
tap "Staff"
tap "Lock"
scan 9520001200014
tap "Pay"
tap "Cash"
wait 4 s
expect screen 11f-cash-machine
expect text "33.00"
expect the cash machine takes money
insert 10 coin
expect text "23.00"
insert 5 coin
insert 1 coin
expect text "17.00"
insert 100 note
wait 15 s
expect screen 14a-receipt-choice
expect the cash machine is shut
take the money from the machine 83.00
expect 33.00 more in the cash machine
expect report cash.dispensed says paid_minor 8300
expect staff not called for payback
tap "Print it"
wait 10 s
expect receipt contains "116.00"
wait 20 s
expect store paid 33.00 by cash
expect everything in the books

# A note that is more than enough: the change comes out by itself, once.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 100 note
expect screen 14a-receipt-choice
expect banner "Your change is coming"
wait 5 s
take the money from the machine 67.00
expect 33.00 more in the cash machine
expect report cash.dispensed says paid_minor 6700
tap "Print it"
wait 10 s
expect receipt contains "67.00"
wait 20 s
expect screen 01-welcome
expect store paid 33.00 by cash
expect everything in the books

# The power goes while the change comes out: the machine ends what it does, and is not told to pay again.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
hold a 100 note to it
wait 900 ms
expect screen 14a-receipt-choice
power cut
wait 5 s
start
wait 5 s
take the money from the machine 67.00
expect staff not called for payback
expect 33.00 more in the cash machine
expect report cash.dispensed says paid_minor 6700
wait 30 s
expect store paid 33.00 by cash
expect everything in the books

# The cable is pulled while the change comes: a doubt, until the machine is back and its counters say that it all came.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
hold a 100 note to it
wait 900 ms
unplug the cash machine
wait 3 s
expect staff called for payout
plug in the cash machine
wait 5 s
expect staff not called for payout
expect staff not called for payback
take the money from the machine 67.00
expect report cash.dispensed says paid_minor 6700
tap "No receipt"
wait 20 s
expect everything in the books

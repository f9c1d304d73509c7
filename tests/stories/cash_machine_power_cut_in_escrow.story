# The power goes while a note is in escrow: it comes back by itself. Never lost, never counted twice.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 20 note
disk sits in a sync
hold a 50 note to it
wait 2 s                                # it is held, for nothing is written yet
power cut
disk is done with its sync
wait 20 s
start
wait 5 s
expect screen 11f-cash-machine
expect text "13.00"
take the money from the machine 50.00
insert 50 note
wait 5 s
take the money from the machine 37.00
expect 33.00 more in the cash machine
expect store paid 33.00 by cash
expect everything in the books

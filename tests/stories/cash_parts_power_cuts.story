# The lane dies with a coin that it has not written down, and again while the change comes out: nothing is lost or doubled.
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
insert 10 coin
disk sits in a sync
insert 5 coin
power cut
disk is done with its sync
wait 20 s
start
wait 8 s
expect screen 11f-cash-machine
expect text "18.00"
hold a 50 note to it
wait 2500 ms
power cut
wait 10 s
start
wait 10 s
take the money from the machine 32.00
expect staff not called for payback
expect 33.00 more in the cash machine
wait 30 s
expect store paid 33.00 by cash
expect everything in the books

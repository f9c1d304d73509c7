# The machine has too little change for a large note: it comes back at once, and a smaller one pays.
shop takes card cash
shop has a cash machine
the cash machine has only 3x10 1x5 4x1
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 500 note
expect screen 11f-cash-machine
expect banner "We can’t change"
take the money from the machine 500.00
insert 20 note
insert 20 note
wait 5 s
take the money from the machine 7.00
expect 33.00 more in the cash machine
expect store paid 33.00 by cash
expect everything in the books

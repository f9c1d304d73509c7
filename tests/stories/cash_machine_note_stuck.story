# A crumpled note comes back out. Then the machine loses its power and starts anew: what was in still counts.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
the cash machine jams with the next note
insert 50 note
expect screen 11f-cash-machine
take the money from the machine 50.00
the cash machine is freed
insert 10 coin
expect text "23.00"
cash machine power off
wait 5 s
expect text "The cash machine does not answer"
cash machine power on
wait 8 s
expect screen 11f-cash-machine
expect text "23.00"
insert 20 note
insert 5 coin
wait 5 s
take the money from the machine 2.00
expect everything in the books

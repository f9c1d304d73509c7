# The machine has too little change for its smallest note, and says so before anybody begins.
shop takes card cash
shop has a cash machine
the cash machine has only 1x10 4x1
cash machine power off
cash machine power on
wait 8 s
expect screen 01-welcome
expect text "exact cash, please"
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
expect text "Please pay the exact sum"
insert 20 note
insert 10 coin
insert 2 coin
insert 1 coin
wait 3 s
expect screen 14a-receipt-choice
take the money from the machine 0.00
expect everything in the books

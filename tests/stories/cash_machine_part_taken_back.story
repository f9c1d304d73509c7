# A part that is in the machine is not wanted any more: the machine gives it back.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 20 note
tap "Pay the rest another way"
wait 2 s
tap the way back of the last payment
wait 5 s
expect left to pay 32.90
take the money from the machine 20.00
expect 0.00 more in the cash machine
expect staff not called for payback
tap "Cash"
wait 2 s
expect screen 11f-cash-machine
insert 50 note
wait 5 s
take the money from the machine 17.00
expect everything in the books

# A note is stuck in the machine: staff are called at once, and it goes on when they have freed it. Then it loses its
# power and starts anew: what was in still counts.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
the cash machine jams with the next note
insert 50 note
wait 2 s
expect text "The cash machine does not answer"
expect staff called for device
the cash machine is freed
wait 6 s
expect screen 11f-cash-machine
expect staff not called for device
take the money from the machine 50.00
insert 10 coin
wait 2 s
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

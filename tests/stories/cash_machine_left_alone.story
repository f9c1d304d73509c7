# A shopper puts money in and walks away: the machine shuts, the money stays with the basket, and comes back with its end.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 20 note
wait 70 s
expect the cash machine is shut
expect left to pay 12.90
wait 3 min
expect screen 01-welcome
expect kept baskets 1
expect 20.00 more in the cash machine
wait 20 min
expect kept baskets 0
take the money from the machine 20.00
expect 0.00 more in the cash machine
expect everything in the books

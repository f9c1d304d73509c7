# The note goes in as the power goes, and nobody has heard so: the counters say it. A coin in the dark counts too.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
hold a 20 note to it
wait 400 ms
power cut
wait 5 s
insert 10 coin
start
wait 5 s
expect screen 11f-cash-machine
expect text "3.00"
expect 30.00 more in the cash machine
insert 5 coin
wait 5 s
take the money from the machine 2.00
expect store paid 33.00 by cash
expect everything in the books

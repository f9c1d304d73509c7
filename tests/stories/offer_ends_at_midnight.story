# Twenty percent off bread until the last day of November. What was scanned before midnight keeps it, what comes after has
# the price of the new day.
offer bread kind=percent items="category:bread & buns" percent=20 to=2027-11-30 name="20 % off bread"
wait 3 s
clock is set to 2027-11-30 23:59:30
scan 9520001200014
expect due 26.32
clock is set to 2027-12-01 00:00:05
scan 9520001200014
expect lines 2
expect due 59.22
tap "Pay"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 1 s
tap "Print it"
wait 3 s
expect receipt contains "20 % off bread"
wait 20 s
expect everything in the books

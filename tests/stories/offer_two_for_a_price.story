# Two bars of the same chocolate for 40.00. One alone, and a third, cost what the shelf says.
offer two kind=multibuy items="9520001310027|9520001310034" need=2 price_minor=4000 name="2 for 40"
wait 3 s
scan 9520001310027
scan 9520001310034
expect due 49.80
scan 9520001310027
expect due 64.90
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
expect receipt contains "2 for 40"
wait 20 s
expect store total 64.90
expect everything in the books

# Three for two, of one kind of chocolate: the third is free as soon as it is scanned, and the receipt and the books say so.
offer choco3 kind=multibuy items=9520001310027 need=3 pay=2 name="3 for 2 chocolate"
wait 3 s
scan 9520001310027 2 times
expect due 49.80
scan 9520001310027
expect due 49.80
expect text "You save"
scan 9520001310027
expect due 74.70
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
expect receipt contains "3 for 2 chocolate"
expect receipt contains "-24.90"
wait 20 s
expect store total 74.70
expect everything in the books

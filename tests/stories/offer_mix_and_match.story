# Any two kinds of chocolate for 40.00; a third one that is left over costs what it costs.
offer pair kind=mix_and_match items="9520001310027|9520001310034" need=2 price_minor=4000 name="2 for 40"
wait 3 s
scan 9520001310027
expect due 24.90
scan 9520001310034
expect due 40.00
scan 9520001310034
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
wait 20 s
expect everything in the books

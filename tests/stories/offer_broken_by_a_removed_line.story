# Taking something out of the basket that an offer needs takes the offer away, and putting it back brings it back.
offer pair kind=mix_and_match items="9520001310027|9520001310034" need=2 price_minor=4000
wait 3 s
scan 9520001310027
scan 9520001310034
expect due 40.00
tap "Change or remove"
tap "Chocolate, hazelnut 100 g"
tap "Remove"
expect due 24.90
scan 9520001310034
expect due 40.00
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

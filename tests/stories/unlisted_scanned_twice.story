# The same new product twice before the store has answered: two of them are bought, also if the price book comes meanwhile.
the store lists gtin=4006381333931 name="Oat drink" price_minor=2190 tax_class=food
the store is slow
scan 4006381333931
scan 4006381333931
scan 9520001200014
expect lines 1
the store catches up
expect items 3
expect due 76.70

# A price book arrives between the scan and the answer; what is scanned then needs no question
the store lists gtin=4006381333948 name=Cider price_minor=1000 tax_class=food
the store is slow
scan 4006381333948
the new price book arrives
the store catches up
wait 1 s
scan 4006381333948
expect items 5
expect due 96.70
tap "Pay"
tap card
wait 5 s
pin 1234
wait 5 s
tap "No receipt"
wait 1 min
expect store total 96.70
expect everything in the books

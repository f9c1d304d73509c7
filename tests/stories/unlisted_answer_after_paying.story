# The answer comes when everything is paid: nothing is added, neither to this basket nor to the next.
the store lists gtin=4006381333931 name="Oat drink" price_minor=2190 tax_class=food
scan 9520001200014
the store is slow
scan 4006381333931
wait 4 s
expect banner "We don’t know this barcode"
tap "Pay"
tap card
wait 5 s
the store catches up
expect screen 14a-receipt-choice
tap "No receipt"
wait 1 min
expect store total 32.90
expect everything in the books

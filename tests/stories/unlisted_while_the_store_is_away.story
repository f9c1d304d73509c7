# The store cannot be asked: nobody waits longer than three seconds, and shopping goes on.
the store lists gtin=4006381333931 name="Oat drink" price_minor=2190 tax_class=food
network down
scan 4006381333931
expect banner "We don’t know this barcode"
scan 9520001200014
expect due 32.90

# The line is back and the price book is fetched: now it is known
network up
wait 10 s
scan 4006381333931
expect due 54.80

# A store that says nothing: paying waits for it a moment, not for ever
the store is slow
scan 4006381333948
tap "Pay"
expect banner "Then you can pay"
wait 4 s
expect banner "We don’t know this barcode"
tap "Pay"
tap card
wait 5 s
pin 1234
wait 5 s
expect screen 14a-receipt-choice

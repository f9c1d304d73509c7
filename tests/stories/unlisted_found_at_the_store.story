# A product so new that the lane has not heard of it: the store has, and it goes into the basket like any other.
the store lists gtin=4006381333931 name="Oat drink" price_minor=2190 tax_class=food
the store lists gtin=4006381333948 name=Cider price_minor=3990 tax_class=alcohol
the store lists gtin=4006381333955 name=Firelighters price_minor=4900 tax_class=standard staff_only=yes

# It begins the visit, typed or scanned
scan 4006381333931
expect screen 02-scanning
expect lines 1
expect due 21.90
expect no banner
type 4006381333931
expect due 43.80

# The store was asked once: now it is away, and it is still known
network down
scan 4006381333931
expect due 65.70
network up
wait 10 s

# What only staff sell, and what needs an age check, is treated as ever
scan 4006381333955
expect banner "Our staff sell this item"
expect due 65.70
scan 4006381333948
expect staff called for age
expect due 105.60
staff pin 1357
tap "Approve"
tap "Lock"
tap "Pay"
tap card
wait 5 s
pin 1234
wait 5 s
tap "No receipt"
wait 1 min
expect store total 105.60
expect everything in the books

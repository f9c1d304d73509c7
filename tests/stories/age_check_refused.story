# Staff refuse: the wine leaves the basket, the rest stays.
scan 9520001200014
scan 9520001410048
staff pin 2468
tap "Refuse"
expect lines 1
expect due 32.90
tap "To shopper"
expect banner "We couldn’t sell this item today"
tap "Pay"
wait 3 s
tap card
wait 5 s
wait 60 s
expect store total 32.90
expect stock 9520001410048 0
expect everything in the books

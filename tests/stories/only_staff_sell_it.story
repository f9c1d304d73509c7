# A kitchen knife, a recalled gas bottle and flowers without a price: the shopper asks, staff decide, each in its own way.
scan 9520001200014
scan 9520001540103
expect banner "Our staff sell this item"
expect staff called for item
expect light amber
scan 9520001400056
expect lines 2
staff pin 2468
expect text "Only staff sell this."
tap "Sell it"
expect staff not called for item
tap "Lock"
expect lines 3
expect due 245.80
scan 9520001540110
expect banner "Our staff sell this item"
staff pin 1357
tap "Key its price"
expect screen 19-staff-item
expect locked button "Sell"
tap "1"
tap "2"
tap "5"
tap "0"
tap "0"
tap "Sell"
expect lines 4
expect due 370.80
scan 9520001540011
expect banner "can’t be sold here"
tap "Staff"
tap "Refuse"
expect staff not called for item
tap "Lock"
expect lines 4
tap "Pay"
tap card
wait 5 s
pin 1234
wait 5 s
tap "Print it"
wait 3 s
expect receipt contains "Bouquet of the day"
wait 1 min
expect store total 370.80
expect stock 9520001540103 -1
expect everything in the books

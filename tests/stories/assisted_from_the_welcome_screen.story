# A cashier takes a place at the lane: bread, a knife that only staff sell, flowers without a price, all without asking.
shop takes card cash gift_card
staff serve with pin 1357
expect screen 02-assisted-ready
expect text "Bo serves"
expect light green+amber
scan 9520001200014
expect screen 02-assisted
scan 9520001540103
expect lines 2
expect staff not called for item
expect no banner
scan 9520001540110
expect text "Sell Bouquet of the day?"
tap "Key its price"
key 12500
tap "Sell"
expect screen 02-assisted
expect lines 3
expect due 356.90
tap "Quantity"
tap "One more"
tap "Save change"
expect screen 02-assisted
expect due 481.90
tap "Cash"
expect screen 19e-staff-cash
staff take cash 500.00
wait 2 s
expect screen 14a-receipt-choice
expect drawer opened 1 times
push the drawer shut
tap "Print it"
wait 3 s
expect served by u2
expect noted "9520001540103: staff_only; sold at 19900" by u2
# The next one is begun by the next scan, and Bo is still signed in.
scan 9520001200014
expect screen 02-assisted
tap "Card"
expect screen 11-card-progress
tap card
wait 5 s
expect charges 1
wait 1 min
expect screen 02-assisted-ready
expect served by u2
expect sales 2
expect everything in the books

# 32.40 is 32 kronor in cash, and to the last öre by card.
shop takes card cash
price 9520001200014 32.40
scan 9520001200014
tap "Pay"
tap "Cash"
expect text "Cash is rounded to the coins that there are."
expect text "32.00"
staff pin 2468
tap "Exact"
tap "Open drawer and finish"
wait 2 s
push the drawer shut
expect store total 32.00
expect store paid 32.00 by cash
expect everything in the books

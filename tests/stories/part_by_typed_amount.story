# 50 kronor in cash, the rest by card, in whichever order: the shopper types the first amount.
shop takes card cash
scan 9520001200014 2 times
tap "Pay"
tap "Pay a part"
key 5000
tap "OK"
expect text "Pay 50.00 kr with …"
tap "Card"
wait 3 s
tap card
wait 5 s
expect charges 1
expect left to pay 15.80
tap "Cash"
staff pin 1357
staff take cash 20.00
wait 2 s
push the drawer shut
tap "Staff"
tap "Lock"
tap "No receipt"
wait 20 s
expect store paid 50.00 by card
expect store paid 16.00 by cash
expect store total 66.00
expect everything in the books

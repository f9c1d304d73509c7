# No more than 50 kronor in cash of one basket: a part of it may be, and a second part counts with the first.
shop takes card cash<=50.00
scan 9520001200014 2 times
tap "Pay"
wait 3 s
tap "Cancel payment"
wait 3 s
perhaps tap "Pay another way"
expect locked button "Cash"
tap "Pay a part"
key 4000
tap "OK"
tap "Cash"
staff pin 1357
staff take cash 40.00
wait 2 s
push the drawer shut
tap "Staff"
tap "Lock"
expect left to pay 25.80
expect locked button "Cash"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect store paid 40.00 by cash
expect store paid 25.80 by card
expect everything in the books

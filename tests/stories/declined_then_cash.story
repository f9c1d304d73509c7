# The bank says no, so the shopper pays in cash.
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Card"
decline next card
wait 3 s
tap card
wait 12 s
expect screen 12-declined
tap "Pay another way"
tap "Cash"
staff pin 2468
staff take cash 33.00
wait 1 s
push the drawer shut
expect charges 0
expect store paid 33.00 by cash
expect everything in the books

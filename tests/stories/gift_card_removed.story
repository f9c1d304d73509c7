# The shopper would rather keep the card: what was held is free again, and the basket is paid in cash.
shop takes card gift_card cash
the store issues gift card KG-1000001 of 20.00
scan 9520001200014
tap "Pay"
scan KG-1000001
wait 1 s
tap the way back of the last payment
expect left to pay 32.90
wait 1 s
tap "Back"
scan KG-1000001
expect banner "20.00"
tap "Pay"
tap "Cash"
staff pin 2468
staff take cash 33.00
wait 1 s
push the drawer shut
expect store paid 0.00 by gift_card
expect everything in the books

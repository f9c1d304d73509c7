# Somebody pays a part in cash and walks away. The basket is set aside with the money; recalled, only the rest is due.
shop takes card cash
scan 9520001200014 2 times
tap "Pay"
tap "Cash"
staff pin 2468
staff take cash 20.00
wait 1 s
push the drawer shut
wait 4 min
expect screen 01-welcome
expect kept baskets 1
staff pin 2468
tap "Recall basket"
wait 1 s
expect screen 19-staff-recall
tap the first kept basket
tap "Pay"
expect left to pay 45.80
tap "Card"
wait 3 s
tap card
wait 12 s
expect store paid 20.00 by cash
expect store paid 45.80 by card
expect everything in the books

# A part in cash, the rest by card: only what is paid in cash to the end is rounded, so the card is charged 15.80.
shop takes card cash
scan 9520001200014 2 times
tap "Pay"
tap "Cash"
staff pin 1357
staff take cash 50.00
wait 1 s
expect screen 10-pay-choice
expect left to pay 15.80
push the drawer shut
tap "Staff"
tap "Lock"
tap "Card"
wait 3 s
tap card
wait 12 s
expect charges 1
expect sales 1
expect store paid 50.00 by cash
expect store paid 15.80 by card
expect store total 65.80
tap "Print it"
wait 10 s
expect receipt contains "Cash"
expect everything in the books

# The shopper changes their mind about a part paid in cash: staff hand it back, and the card pays all.
shop takes card cash
scan 9520001200014 2 times
tap "Pay"
tap "Cash"
staff pin 2468
staff take cash 20.00
wait 1 s
push the drawer shut
tap the way back of the last payment
expect left to pay 65.80
expect staff called for payback
tap "Staff"
tap "Open drawer and give it back"
wait 1 s
expect drawer opened 2 times
push the drawer shut
expect staff not called for payback
tap "Lock"
tap "Card"
wait 3 s
tap card
pin 1234
wait 5 s
perhaps take card
wait 12 s
expect store paid 65.80 by card
expect store paid 0.00 by cash
expect everything in the books

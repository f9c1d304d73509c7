# The same, but the shopper never held the card: it is proved that nothing was charged, and the basket is still there.
scan 9520001200014
tap "Pay"
wait 3 s
kill
start
wait 110 s
expect screen 12-declined
expect text "You have not been charged"
expect charges 0
tap "Try again"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
expect charges 1
wait 60 s
expect everything in the books

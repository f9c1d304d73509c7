# The signature is not the one on the card: the charge goes back, and the shopper pays with another card.
scan 9520001200014
the next card signs
tap "Pay"
wait 3 s
tap card
wait 5 s
staff pin 1357
tap "Not right: take the charge back"
wait 3 s
expect screen 12-declined
expect sales 0
expect charges 0
expect charges given back 1
tap "Try again"
wait 3 s
tap card
wait 5 s
expect sales 1
expect charges 1
perhaps tap "No receipt"
wait 60 s
expect store paid 32.90 by card
expect everything in the books

# The line goes right after the approval, and the terminal gives the money back by itself: that is no sale.
scan 9520001200014
terminal reverses what was not confirmed
cut terminal after approval
tap "Pay"
wait 3 s
tap card
wait 40 s
expect screen 12-declined
expect charges 0
expect charges given back 1
expect refunds 0
expect sales 0
tap "Save basket and ask staff"
expect screen 01-welcome
wait 20 min
expect store voids 1
expect everything in the books

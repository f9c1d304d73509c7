# The same, but the terminal gave the money back by itself. Staff see it: not paid. The shopper may try again.
scan 9520001200014
terminal hides its last transaction after a cut
terminal reverses what was not confirmed
lose message 9 of the terminal
tap "Pay"
wait 3 s
tap card
wait 4 min
expect screen 13-checking-bank
expect charges 0
expect charges given back 1
staff pin 2468
staff settle honestly
wait 2 s
expect screen 12-declined
terminal behaves
tap "Try again"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
expect charges 1
wait 60 s
expect everything in the books

# The same with a terminal that stops when its line is gone: nothing was charged, and that is proved before it is said.
scan 9520001200014
terminal reverses what was not confirmed
cut terminal at message 4
tap "Pay"
wait 3 s
expect screen 13-checking-bank
wait 20 s
expect screen 12-declined
expect charges 0
tap "Try again"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
expect charges 1
wait 60 s
expect everything in the books

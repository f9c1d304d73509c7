# A power cut signs the cashier out: the basket is there, and it is a self-checkout again.
staff serve with pin 1357
scan 9520001540103
expect lines 1
power cut
start
wait 2 s
expect screen 02-scanning
expect lines 1
expect no button "Lock"
scan 9520001540103
expect banner "Our staff sell this item"
expect lines 1
tap "Pay"
tap card
wait 5 s
pin 1234
wait 5 s
expect served by u2
expect everything in the books

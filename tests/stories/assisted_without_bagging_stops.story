# Somebody who serves has no shelf to compare: nothing is asked about weights, and self-service begins from what lies there.
shop has a bagging scale
staff serve with pin 1357
scan 9520001200014
scan 9520001400056
wait 40 s
expect screen 02-assisted
expect staff not called for bag
bag 510 g
wait 3 s
tap "Self-service"
expect screen 02-scanning
tap "Staff"
tap "Lock"
wait 10 s
expect screen 02-scanning
scan 9520001200021
wait 5 s
expect screen 06a-bag-place
bag 510 g
wait 3 s
expect screen 02-scanning
tap "Pay"
tap card
wait 5 s
pin 1234
wait 5 s
expect served by u2
expect everything in the books

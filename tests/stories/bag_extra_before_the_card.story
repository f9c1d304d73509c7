# On the way to the payment something more is laid on the shelf: no card is asked for, and the shelf is asked about.
shop has a bagging scale
shop takes card cash
scan 9520001200014
bag 512 g
tap "Pay"
expect screen 10-pay-choice
bag 250 g
tap "Card"
expect charges 0
wait 2 s
expect screen 06b-bag-unexpected
scan 9520001210013
wait 2 s
expect screen 06b-bag-unexpected
take 250 g off the shelf
bag 1046 g
expect screen 02-scanning
tap "Pay"
tap "Card"
wait 3 s
tap card
wait 8 s
take card
wait 60 s
expect sales 1
expect everything in the books

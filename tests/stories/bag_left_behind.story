# The next shopper finds the bags of the one before: they may be taken away, and nobody is stopped.
shop has a bagging scale
scan 9520001200014
bag 512 g
tap "Pay"
wait 3 s
tap card
wait 8 s
take card
wait 1 s
tap "No receipt"
scan 9520001210013
bag 1046 g
wait 2 s
expect screen 02-scanning
take 512 g off the shelf
wait 2 s
expect screen 02-scanning
expect button "Pay"
expect everything in the books

# What is scanned goes on the shelf; whoever forgets is asked kindly, and Pay waits.
shop has a bagging scale
scan 9520001200014
expect screen 02-scanning
expect locked button "Pay"
wait 4 s
expect screen 06a-bag-place
expect text "Rye bread, sliced"
expect sound attention
bag 512 g
expect screen 02-scanning
expect button "Pay"
scan 9520001210013
bag 1046 g
wait 5 s
expect screen 02-scanning
tap "Pay"
wait 3 s
tap card
wait 8 s
take card
wait 1 s
tap "No receipt"
expect screen 15-thank-you
empty the shelf
wait 60 s
expect staff not called for bag
expect everything in the books

# The power goes while the shelf is wrong: the lane comes back with the same question.
shop has a bagging scale
scan 9520001200014
bag 512 g
bag 250 g
wait 2 s
expect screen 06b-bag-unexpected
power cut
wait 5 s
start
wait 3 s
expect screen 06b-bag-unexpected
take 250 g off the shelf
expect screen 02-scanning
expect button "Pay"
expect everything in the books

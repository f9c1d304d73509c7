# A loaf that is 60 g heavier than its label stops nobody any more once the store has learned what loaves weigh.
shop has a bagging scale
the bagging scales have seen 9520001200014 weigh 570 g 30 times
scan 9520001200014
bag 570 g
wait 2 s
expect screen 02-scanning
expect button "Pay"
scan 9520001200021
bag 570 g
wait 2 s
expect screen 06b-bag-unexpected
take 60 g off the shelf
tap "Pay"
wait 3 s
tap card
wait 8 s
take card
wait 60 s
expect everything in the books

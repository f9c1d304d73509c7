# Dog food stays in the trolley. Four things that stay there are one more than the shop allows.
shop has a bagging scale
scan 9520001500138
wait 5 s
expect screen 06a-bag-place
tap "I don’t want to bag this"
expect screen 02-scanning
expect button "Pay"
scan 9520001200014 2 times
wait 5 s
tap "I don’t want to bag this"
expect screen 02-scanning
scan 9520001210013
wait 5 s
tap "I don’t want to bag this"
expect screen 06a-bag-place
expect staff called for bag
bag 1050 g
expect screen 02-scanning
expect staff not called for bag
bag 510 g
wait 5 s
expect screen 02-scanning
expect everything in the books

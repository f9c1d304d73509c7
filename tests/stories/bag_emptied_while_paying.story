# The terminal waits for a card, and the shopper walks off with everything: staff know within two seconds.
shop has a bagging scale
scan 9520001200014
bag 512 g
tap "Pay"
wait 3 s
empty the shelf
wait 1900 ms
expect staff called for bag
expect charges 0
expect everything in the books

# The shopper walks away. The basket is kept, the next shopper gets nothing of it, and in the end it is a void.
scan 9520001200014
scan 9520001400056
wait 95 s
expect screen 17-still-there
wait 40 s
expect screen 01-welcome
expect kept baskets 1
expect staff called for recall
scan 9520001200021
expect lines 1
expect due 24.90
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 16 min
expect kept baskets 0
expect store sales 1
expect store voids 1
expect stock 9520001200014 0
expect everything in the books

# The disk fills up: the open sale is kept and paid, no new one begins, staff are told.
scan 9520001200014
disk is nearly full
wait 15 s
expect staff called for disk
expect screen 02-scanning
scan 9520001400056
expect lines 2
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
tap "No receipt"
wait 20 s
expect screen 18b-out-of-order
scan 9520001200014
expect screen 18b-out-of-order
disk has room
wait 15 s
expect screen 01-welcome
expect everything in the books

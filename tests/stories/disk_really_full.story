# Not a byte more fits: what the shopper did is kept in memory, nothing is said to be paid, and it goes on with room.
scan 9520001200014
disk has room for 0 bytes
scan 9520001400056
wait 1 s
expect lines 2
expect staff called for disk
tap "Pay"
wait 10 s
expect charges 0
disk has room
wait 20 s
tap card
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect everything in the books

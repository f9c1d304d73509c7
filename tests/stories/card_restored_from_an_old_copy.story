# An old copy of the card is put in: the number of the sale that is not on it is never used again, and the store is told.
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 45 s
expect screen 01-welcome
expect store sales 1
keep a copy of the card
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 45 s
expect screen 01-welcome
expect store sales 2
kill
put the copy of the card in
start
wait 3 s
expect screen 01-welcome
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 45 s
expect charges 3
expect store sales 3
expect everything in the books

# A Norwegian lane signs every sale, each signature upon the one before; what is abandoned is no sale and has none.
shop in no
shop signs sales
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 20 s
expect receipts 1
scan 9520001200021
wait 20 min             # gone without paying
expect voids 1
scan 9520001200021
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect signed sales 2
expect unsigned sales 0
expect store sales 2
expect everything in the books

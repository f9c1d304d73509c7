# A whole new price book arrives while somebody shops, and the bread in the basket is not in it any more: what was
# scanned stays at the price that was shown, what is scanned from now on is not known.
scan 9520001200014
expect due 32.90
the store sells 9520001200014 no more
wait 2 s
expect lines 1
expect due 32.90
scan 9520001200014
expect banner "We don’t know this barcode"
expect due 32.90
power cut
start
expect due 32.90
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 1 min
expect store total 32.90
expect everything in the books

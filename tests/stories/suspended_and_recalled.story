# The terminal is away, so the basket is kept; staff bring it back, and it is paid.
scan 9520001200014
unplug terminal
wait 40 s
tap "Pay"
expect screen 10-pay-choice
tap "Save basket and ask staff"
wait 1 s
expect kept baskets 1
expect staff called for recall
plug in terminal
wait 60 s
expect screen 01-welcome
staff pin 2468
tap "Recall basket"
expect screen 19-staff-recall
tap "J94C"
expect screen 02-scanning
expect lines 1
expect kept baskets 0
expect staff not called for recall
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect store total 32.90
expect everything in the books

# A basket is drawn by lot: paying waits, a colleague scans two things out of the bag, both are paid for, and it goes on
shop looks at 1000 of a thousand baskets
scan 9520001200014
scan 9520001400018
tap "Pay"
expect banner "A colleague takes a quick look"
expect screen 02-scanning
staff pin 1357
tap "Begin"
tap "Begin"
scan 9520001200014
expect text "1 of 2 scanned"
scan 9520001400018
expect lines 2
wait 1 s
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect report audit.result says result passed
expect report audit.committed says rate_permille 1000
expect everything in the books

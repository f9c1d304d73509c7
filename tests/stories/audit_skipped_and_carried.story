# Whoever was drawn and leaves passes the look on to the next; staff may skip it, and that is written down. Who is served
# by staff is not looked at
shop looks at 1000 of a thousand baskets
scan 9520001200014
tap "Pay"
expect banner "A colleague takes a quick look"
staff pin 1357
tap "Skip"
expect report audit.result says result skipped
tap "Lock"
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
staff serve with pin 1357
scan 9520001200014
tap "Card"
wait 3 s
tap card
wait 5 s
perhaps tap "No receipt"
wait 20 s
expect everything in the books

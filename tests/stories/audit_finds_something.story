# One thing in the bag is in no line: everything is scanned, and what was missing is added and paid for. The power may go
shop looks at baskets over 30.00
scan 9520001200014
tap "Pay"
expect banner "A colleague takes a quick look"
staff pin 1357
tap "Begin"
tap "Begin"
scan 9520001400018
expect text "Not in the basket"
power cut
start
wait 2 s
staff pin 1357
tap "Begin"
expect text "Not in the basket"
scan 9520001200014
tap "Add them and finish"
expect lines 2
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect report audit.result says result added
expect everything in the books

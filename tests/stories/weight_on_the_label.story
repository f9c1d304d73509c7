# A piece of cheese from the counter: its label carries the weight, the till works out the price. Each piece is its own line.
scan 2395200104121
expect due 49.03
expect text "119.00"
scan 2395200104121
expect lines 2
expect due 98.06
tap "Change or remove"
tap "Hard cheese, cut"
tap "Remove"
expect lines 1
tap "Removed. Add it back?"
expect lines 2
expect due 98.06
tap "Pay"
tap card
wait 5 s
pin 1234
wait 5 s
expect screen 14a-receipt-choice
tap "Print it"
wait 3 s
expect receipt contains "0.412 kg x 119"
wait 1 min
expect everything in the books

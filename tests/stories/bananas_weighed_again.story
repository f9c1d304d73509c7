# The bag was still half empty: the same bananas are weighed again, and stand in the basket once.
shop has a scale
tap "Start"
type 4011
scale 405 g
tap "Add bananas"
expect lines 1
expect due 9.96
scale 0 g
tap "Change or remove"
tap "Bananas"
expect button "Weigh again"
tap "Weigh again"
expect screen 05-weighing
scale 845 g
tap "Add bananas"
expect screen 02-scanning
expect lines 1
expect due 20.92
scale 0 g
tap "Pay"
tap card
wait 5 s
tap "Print it"
wait 3 s
expect receipt contains "0.840 kg x 24"
wait 1 min
expect store total 20.92
expect everything in the books

# Bananas by their number: weighed, seen, added. The paper bag is not paid for.
shop has a scale
tap "Start"
type 4011
expect screen 05-weighing
expect text "Put it on the scale."
expect locked button "Pay"
scale 845 g
expect text "0.840"
expect text "paper bag 5 g taken off"
expect text "Steady"
expect sound touch
expect button "Add bananas"
tap "Add bananas"
expect screen 02-scanning
expect lines 1
expect due 20.92
expect sound scan-ok
scale 0 g
scan 9520001200014
expect due 53.82
tap "Pay"
tap card
wait 5 s
pin 1234
wait 5 s
tap "Print it"
wait 3 s
expect receipt contains "0.840 kg x 24"
wait 1 min
expect store total 53.82
expect everything in the books

# The scale is told price and tare and works out what it costs. Its sum is charged, though the till would round otherwise.
shop has a scale that works out prices
tap "Start"
type 4011
wait 1 s
expect screen 05-weighing
expect text "Put it on the scale."
scale 845 g
expect text "0.840"
expect text "20.90"
expect text "Steady"
expect text "Not for trade"
tap "Add bananas"
expect lines 1
expect due 20.90

# Picked again while the same bananas still lie there.
type 4011
wait 1 s
expect text "This has been added already. Take it off the scale, then put the next thing on."
scale 0 g
expect text "Put it on the scale."

# Something else was meant: what was weighed for one price must be lifted for another.
scale 500 g
expect text "0.495"
tap "Wrong item"
tap "Back"
type 4562
wait 1 s
expect text "Please take it off the scale and put it back."
scale 0 g
scale 500 g
tap "Add carrots"
expect lines 2

tap "Pay"
tap card
wait 5 s
tap "Print it"
wait 3 s
expect receipt contains "0.840 kg x 24"
expect receipt contains "20.90"
wait 1 min
expect everything in the books

# What was sold from the scale is not sold again: not as another item, not to the next shopper, not after a power cut.
shop has a scale
tap "Start"
type 4011
scale 505 g
tap "Add bananas"
expect due 12.45
type 4562
expect text "This has been added already"
expect locked button "Add carrots"
power cut
start
expect text "This has been added already"
scale 1005 g
expect button "Add carrots"
tap "Add carrots"
expect due 27.35
tap "Pay"
tap card
wait 5 s
tap "No receipt"
wait 30 s
expect screen 01-welcome
tap "Start"
type 4011
expect text "This has been added already"
scale 0 g
expect text "Put it on the scale."
scale 1005 g
tap "Add bananas"
expect due 24.90

# The scale falls silent while somebody weighs, and comes back. Scanning goes on all the while.
shop has a scale
scan 9520001200014
type 4011
scale 505 g
unplug scale
wait 5 s
expect text "The scale needs a hand"
expect staff called for device
tap "Back"
expect screen 02-scanning
type 4011
expect banner "The scale does not answer"
scan 9520001400056
expect lines 2
plug in scale
wait 10 s
expect staff not called for device
type 4011
expect text "0.500"
tap "Add bananas"
expect lines 3

# Staff, a paused lane and somebody who practises are told apart from the other end of the shop.
staff pin 1357
expect light green+amber steady
expect rgb light violet
tap "Close the lane"
tap "Pause 15 min"
tap "No reason"
tap "Lock"
expect screen 18a-paused
expect light none
expect rgb light none
wait 16 min
expect light green
staff pin 2468
tap "Training"
tap "To shopper"
expect light green+amber steady
expect rgb light violet

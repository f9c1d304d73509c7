# Staff say why with the same touch: shoppers read it on a paused lane, in the shop's own words, over a power cut too.
staff pin 1357
tap "Close the lane"
tap "Pause 15 min"
tap "Cleaning"
tap "Lock"
expect screen 18a-paused
expect text "We are cleaning here."
expect report lane.paused says reason cleaning
power cut
start
expect screen 18a-paused
expect text "We are cleaning here."
staff pin 1357
tap "Open the lane"
tap "Another reason"
expect report lane.opened says reason other
tap "Close the lane"
tap "Break"
expect report lane.closed says reason break
tap "Lock"
expect screen 18a-closed

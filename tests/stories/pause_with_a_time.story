# Bo needs a quarter of an hour elsewhere: the screen says until when, nothing is sold meanwhile, and the lane opens by itself.
staff pin 1357
tap "Close the lane"
tap "Pause 15 min"
tap "No reason"
tap "Lock"
expect screen 18a-paused
expect text "Back at"
expect light none
scan 9520001200014
expect screen 18a-paused
wait 14 min
expect screen 18a-paused
wait 61 s
expect screen 01-welcome
expect light green
expect report lane.paused says minutes 15
expect report lane.paused says by u2
scan 9520001200014
expect screen 02-scanning
staff pin 1357
tap "Close the lane"
expect locked button "Pause 15 min"

# The power goes during a pause: the time that was promised is kept, and staff may be back earlier.
staff pin 1357
tap "Close the lane"
tap "Pause 30 min"
tap "No reason"
tap "Lock"
wait 10 min
power cut
wait 10 min
start
expect screen 18a-paused
wait 9 min
expect screen 18a-paused
wait 70 s
expect screen 01-welcome
staff pin 1357
tap "Close the lane"
tap "Pause 30 min"
tap "No reason"
tap "Open the lane"
tap "No reason"
tap "Lock"
expect screen 01-welcome
expect light green

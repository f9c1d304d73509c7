# Whoever calls is seen from across the shop: amber that pulses softly for a minute and stays lit until staff come.
scan 9520001200014
tap "Call staff"
expect light amber pulsing
expect rgb light amber
wait 59 s
expect light amber pulsing
wait 2 s
expect light amber steady
staff pin 1357
expect light green+amber steady
expect rgb light violet
tap "Done here"
tap "Lock"
expect light none
expect rgb light white

# A lane dies with a basket on it, and another machine is adopted as the same lane: it goes on above all known numbers, names
# the last sale that the store has, and the store lists the basket as a possible loss.
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 45 s
expect screen 01-welcome
expect store sales 1
scan 9520001200014
wait 3 s
kill
another machine takes its place
start
wait 3 s
expect screen 01-welcome
the console lists 1 possible loss
the console lists a possible loss with "a visit was open when it was last heard"
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 45 s
expect charges 2
expect store sales 2
the console lists 1 possible loss
the console lists a possible loss with "a visit was open when it was last heard"
power cut
start
wait 3 s
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 45 s
expect store sales 3
expect everything in the books

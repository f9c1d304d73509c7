# The console starts a lane anew: not while somebody is served or money is under way, not by a cashier, and never twice for
# one order. What was sold and set aside is there afterwards
wait 2 min
scan 9520001200014
Anna at the console restarts the lane
wait 1 s
the console hears "somebody is served, or money is under way"
tap "Pay"
wait 3 s
tap card
wait 500 ms
Anna at the console restarts the lane
wait 1 s
the console hears "somebody is served, or money is under way"
wait 5 s
tap "No receipt"
wait 20 s
Bo at the console restarts the lane
wait 1 s
the console hears "a cashier may not do that"
expect the lane started 1 times
Anna at the console restarts the lane
wait 5 s
the console hears done
expect the lane started 2 times
expect screen 01-welcome
Anna at the console restarts the lane
wait 5 s
the console hears "it has only just started"
power cut
start
wait 2 min
expect the lane started 3 times
scan 9520001200014
expect due 32.90
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect everything in the books

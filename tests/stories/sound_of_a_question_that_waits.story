# The card is not shown to the terminal: the lane asks once more after fifteen seconds, and then is silent.
scan 9520001200014
tap "Pay"
wait 3 s
expect 1 sounds attention
wait 11 s
expect 1 sounds attention
wait 2 s
expect 2 sounds attention
wait 30 s
expect 2 sounds attention

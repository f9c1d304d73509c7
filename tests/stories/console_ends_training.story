# Training that somebody forgot is ended from the console; what was practised is thrown away, and the lane sells again
Bo at the console ends training
wait 1 s
the console hears "nobody practises here"
Anna at the console begins training
wait 1 s
the console hears done
expect text "Training"
scan 9520001200014
scan 9520001410048
Anna at the console begins training
wait 1 s
the console hears "training begins between two visits"
Anna at the console restarts the lane
wait 1 s
the console hears "somebody practises here"
nobody at the console ends training
wait 1 s
the console hears "this lane knows nobody by that id"
expect lines 2
Anna at the console closes the lane
wait 1 s
the console hears done
Anna at the console opens the lane
wait 1 s
the console hears done
power cut
start
wait 5 s
expect text "Training"
Bo at the console ends training
wait 1 s
the console hears done
expect screen 01-welcome
expect report training.ended says by u2
expect staff not called for age
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect store total 32.90
expect everything in the books

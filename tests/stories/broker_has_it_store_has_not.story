# The broker takes every message and loses it on the way to the store. The lane repeats them until the store says so.
network of a thousand loses 1000 doubles 0 shuffles 0 delays 0 seed 1
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 60 s
expect store sales 0
expect messages wait
network of a thousand loses 0 doubles 0 shuffles 0 delays 0 seed 1
wait 3 min
expect store sales 1
expect waiting messages 0
expect everything in the books

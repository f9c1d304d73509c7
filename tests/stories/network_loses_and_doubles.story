# Of a thousand messages 300 are lost, 300 come twice, others overtake each other: the books are right in the end.
network of a thousand loses 300 doubles 300 shuffles 300 delays 300 seed 5
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
wait 60 s
scan 9520001400056
tap "Pay"
wait 3 s
tap card
wait 5 s
wait 10 min
network of a thousand loses 0 doubles 0 shuffles 0 delays 0 seed 1
wait 3 min
expect store sales 2
expect stock 9520001400056 -1
expect everything in the books

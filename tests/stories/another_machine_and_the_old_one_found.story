# Two sales that the store never heard of lie on a machine that was replaced. It is found, and gets power once more: its sales
# are still taken, below the numbers of the machine that came in its place.
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 45 s
expect store sales 1
network down
wait 15 s
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
kill
another machine takes its place
network up
start
wait 3 s
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 45 s
expect store sales 2
kill
the old machine is found again
start
wait 2 min
expect store sales 3
expect everything in the books

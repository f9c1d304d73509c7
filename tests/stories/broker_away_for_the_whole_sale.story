# The network is away for two whole sales. Selling goes on, and the backlog drains in order.
network down
wait 15 s
scan 9520001200014
expect screen 18d-offline-still-selling
expect banner "open as usual"
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
scan 9520001400056 2 times
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect sales 2
expect store sales 0
expect messages wait
network up
wait 2 min
expect store sales 2
expect store total 60.70
expect waiting messages 0
expect everything in the books

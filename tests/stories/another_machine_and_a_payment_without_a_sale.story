# The card is charged, and the lane dies for good before anybody hears of it. The machine that comes in its place asks the
# terminal for its last payment; the store has no sale for it, and lists it.
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
kill
another machine takes its place
network up
start
wait 60 s
expect screen 01-welcome
expect charges 2
expect store sales 1
the console lists 1 possible loss
the console lists a possible loss with "belongs to no sale in the books"

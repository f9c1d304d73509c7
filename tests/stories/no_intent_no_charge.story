# The disk sits in a sync for minutes: the screen goes on, but no card is charged before the intent is on the disk.
scan 9520001200014
disk sits in a sync
scan 9520001400056
expect lines 2
tap "Pay"
wait 30 s
expect screen 11-card-progress
expect terminal ""
disk is done with its sync
wait 3 s
expect terminal "Insert or tap card"
tap card
wait 5 s
expect screen 14a-receipt-choice
expect charges 1
wait 60 s
expect everything in the books

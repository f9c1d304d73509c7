# The card sits in a sync: the receipt waits for it, and a power cut meanwhile makes no second original.
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
disk sits in a sync
tap "Print it"
wait 2 s
expect receipts 0
power cut
disk is done with its sync
start
wait 1 s
expect screen 14a-receipt-choice
expect receipts 0
tap "Print it"
wait 3 s
expect receipts 1
expect receipt contains "Rye bread, sliced"
wait 30 s
expect charges 1
expect everything in the books

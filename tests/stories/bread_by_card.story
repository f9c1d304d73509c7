# A loaf of bread, paid by card, with a receipt on paper.
expect screen 01-welcome
expect light green
scan 9520001200014
expect screen 02-scanning
expect light none
expect due 32.90
expect sound scan-ok
tap "Pay"
wait 3 s
expect screen 11-card-progress
expect terminal "Insert or tap card"
tap card
wait 3 s
expect screen 14a-receipt-choice
expect light green
wait 3 s
expect light none
tap "Print it"
wait 3 s
expect receipt contains "Rye bread, sliced"
expect receipt contains "32,90"
expect charges 1
wait 20 s
expect screen 01-welcome
expect store sales 1
expect stock 9520001200014 -1
expect everything in the books

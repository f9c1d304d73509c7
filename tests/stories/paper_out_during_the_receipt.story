# The roll ends in the middle of the receipt. The sale is safe, staff print it when there is paper again.
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
paper ends after 4 lines
tap "Print it"
wait 5 s
expect screen 18c-paper-out
expect no button "Print it"
expect staff called for paper
expect receipts 0
tap "Ask staff to print"
wait 20 s
expect screen 01-welcome
expect store sales 1
paper ok
wait 5 s
staff pin 2468
tap "Print again"
wait 5 s
expect receipts 1
expect receipt contains "Rye bread, sliced"
expect staff not called for paper
tap "Lock"
expect screen 01-welcome
expect everything in the books

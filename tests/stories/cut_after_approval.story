# The line goes right after the approval. The terminal keeps the charge; the lane finds it, and charges nothing more.
scan 9520001200014
cut terminal after approval
tap "Pay"
wait 3 s
tap card
wait 30 s
expect screen 14a-receipt-choice
expect charges 1
wait 60 s
expect store sales 1
expect everything in the books

# In Great Britain nobody must sign a sale: a live lane opens.
shop in gb
shop is live
expect screen 01-welcome
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect store sales 1
expect everything in the books

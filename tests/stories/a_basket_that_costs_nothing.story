# Bread is given away today. What costs nothing needs no card; it is a sale with a receipt all the same.
price 9520001200014 0.00
wait 2 s
scan 9520001200014
expect lines 1
expect due 0.00
tap "Pay"
expect screen 14a-receipt-choice
tap "Print it"
wait 3 s
expect receipt contains "Rye bread"
expect charges 0
wait 30 s
expect screen 01-welcome

# Beside something that has a price it costs nothing either
scan 9520001200014
scan 9520001400056
expect due 13.90
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 1 min
expect store sales 2
expect store total 13.90
expect stock 9520001200014 -2
expect everything in the books

# A new price counts from the next scan on; what is in the basket keeps the price that the shopper saw.
scan 9520001200014
expect due 32.90
price 9520001200014 25.90
wait 2 s
expect due 32.90
scan 9520001400056
scan 9520001200014
expect due 72.70
tap "Pay"
wait 3 s
tap card
wait 2 s
pin 1234
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect store total 72.70
expect everything in the books

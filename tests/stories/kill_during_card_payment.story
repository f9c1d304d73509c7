# kill -9 while the shopper holds the card: the payment is asked about, never ordered again.
scan 9520001200014
scan 9520001400056
tap "Pay"
wait 3 s
expect screen 11-card-progress
kill
tap card
wait 500 ms
start
wait 500 ms
expect screen 13-checking-bank
expect text "pay again yet"
expect charges 0
wait 20 s
expect screen 14a-receipt-choice
expect charges 1
expect sales 1
wait 60 s
expect store total 46.80
expect everything in the books

# Two cards pay a basket whose sale must be signed: while the signer is asked both charges belong to that sale
shop takes card cash
shop signs sales
scan 9520001200014
tap "Pay"
tap "Pay a part"
key 2000
tap "OK"
tap "Card"
wait 3 s
tap card
wait 5 s
expect left to pay 12.90
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect charges 2
expect signed sales 1
expect store paid 32.90 by card
expect everything in the books

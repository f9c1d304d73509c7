# A shopper who has paid calls staff before choosing a receipt and walks away; nobody comes. After a quarter of an hour the lane is free for the next.
tap "English"
scan 9520001200014
tap "Pay"
tap card
wait 5 s
expect screen 14a-receipt-choice
tap "Call staff"
wait 5 min
expect screen 14a-receipt-choice
wait 11 min
expect screen 01-welcome
expect everything in the books

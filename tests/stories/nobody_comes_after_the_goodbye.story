# A shopper who has paid calls staff and walks away; nobody comes. After a quarter of an hour the lane is free for the next.
tap "English"
scan 9520001200014
tap "Pay"
tap card
wait 5 s
tap "No receipt"
expect screen 15-thank-you
tap "Call staff"
wait 5 min
expect screen 15-thank-you
wait 11 min
expect screen 01-welcome
expect everything in the books

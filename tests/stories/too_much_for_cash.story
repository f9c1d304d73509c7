# The shop takes no more than 50 kronor in cash at once: the button says why; a thing bought while staff are on their
# way, and a late change of mind, lose nothing.
shop takes card cash<=50.00
scan 9520001200014
tap "Pay"
tap "Cash"
expect screen 11c-cash-wait
scan 9520001200014
expect screen 02-scanning
expect staff not called for cash
tap "Pay"
expect screen 11-card-progress
wait 3 s
tap card
pin 1234
wait 5 s
perhaps take card
wait 12 s
expect store total 65.80
expect everything in the books

# A shopper who has paid calls staff and walks away. The goodbye ends in its own time, the lane is free for the next, and the call stays open until somebody answers it.
tap "English"
scan 9520001200014
tap "Pay"
tap card
wait 5 s
tap "No receipt"
expect screen 15-thank-you
tap "Call staff"
wait 10 s
expect screen 15-thank-you
wait 6 s
expect screen 01-welcome
expect staff called for help
tap "Start"
expect staff called for help
staff badge u1
staff pin again 2468
tap "Done here"
expect staff not called for help
tap "Lock"
wait 10 min
expect screen 01-welcome
expect everything in the books

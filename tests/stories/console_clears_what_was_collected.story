# Three things wait for staff at one lane, and the shopper goes on scanning. The console clears them one by one, and only
# paying has waited
scan 9520001200014
scan 9520001410048
expect staff called for age
tap "Call staff"
expect staff called for help
tap "Keep scanning"
scan 9520001540103
expect staff called for item
Bo at the console approves help
wait 1 s
the console hears done
expect staff not called for help
expect staff called for age
expect staff called for item
scan 9520001300011
expect lines 3
Bo at the console approves item
wait 1 s
the console hears done
expect lines 4
scan 9520001200014
expect locked button "Pay"
Bo at the console denies age
wait 1 s
the console hears done
expect staff not called for age
tap "Pay"
wait 3 s
tap card
wait 5 s
pin 1234
wait 5 s
tap "No receipt"
wait 20 s
expect report command.done says by u2
expect everything in the books

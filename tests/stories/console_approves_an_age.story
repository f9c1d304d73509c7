# A shop that sees its lanes from the console approves an age there, by the looks; a limit that nobody looks old enough for
# is checked at the lane. A power cut between two answers loses neither
shop sees its lanes from the console
scan 9520001410048
tap "Call staff"
Bo at the console approves age
wait 1 s
the console hears done
power cut
start
wait 5 s
expect staff not called for age
expect staff called for help
Bo at the console approves help
wait 1 s
the console hears done
tap "Pay"
wait 3 s
tap card
wait 5 s
pin 1234
wait 5 s
tap "No receipt"
wait 20 s
expect everything in the books

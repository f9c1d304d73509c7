# Somebody wants to join while the store is away
# That is told kindly, nothing is kept on the lane, and shopping goes on.
shop speaks en sv
shop takes new members before paying
network down
scan 9520001200014
join with sam@example.com
wait 4 s
expect banner "You can’t become a member just now"
expect customer nobody
tap "Pay"
tap card
wait 10 s
tap "No receipt"
wait 20 s
network up
wait 30 s
expect members 0
expect nothing of sam@example anywhere on the lane
expect everything in the books

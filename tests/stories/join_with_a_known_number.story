# The number is somebody's already
# The shopper hears that they are a member, and how to be known; there is never a second member with one number.
shop speaks en sv
shop takes new members before paying
the store has member m7 called Sam with 0701234567

scan 9520001200014
join with 0701234567
wait 1 s
expect banner "You are a member already"
expect customer nobody
expect members 1
type member number 0701234567
expect customer m7

# Two checkouts at once
tap "Pay"
tap card
wait 10 s
tap "No receipt"
wait 20 s
scan 9520001200014
begin to join with 0709999999
another checkout makes 0709999999 a member
tap "Next"
tap "I agree, make me a member"
wait 1 s
expect banner "You are a member already"
expect members 2
expect nothing of 0709999999 in the journal
expect everything in the books

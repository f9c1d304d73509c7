# Somebody who is a member already joins again after paying
# That tells the store who it was: the sale gives points.
shop speaks en sv
shop takes new members after paying
the store has member m7 called Sam with 0701234567

scan 9520001200014
tap "Pay"
tap card
wait 10 s
tap "No receipt"
join with 0701234567
wait 1 s
expect banner "This purchase gives you points"
expect member m7 has 32 points
expect members 1
expect everything in the books

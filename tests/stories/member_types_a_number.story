# A member types a telephone number
# It is found, and is nowhere on the lane's disk: not in the journal, not in the sale.
the store has member m7 called Sam with 0701234567

scan 9520001200014
type member number 0701234567
expect screen 09-member
expect customer m7

# A wrong one is told kindly, and can be typed again
tap "Member card"
expect screen 09-member-number
expect locked button "OK"
tap "Back"
type member number 12
expect banner "don’t know this member number"
expect customer m7

tap "Back"
tap "Pay"
tap card
wait 10 s
expect member m7 has 32 points
expect nothing of 0701234567 in the journal

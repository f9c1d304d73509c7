# Wine: staff look at the ID, then it can be paid.
scan 9520001410048
expect screen 07-age-check
expect staff called for age
expect light amber
expect locked button "Pay"
tap "Keep scanning"
scan 9520001200014
expect lines 2
staff pin 2468
tap "Approve"
tap "To shopper"
expect staff not called for age
expect banner "All good"
tap "Pay"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 1 s
expect screen 14a-receipt-choice
wait 60 s
expect store total 131.90
expect everything in the books

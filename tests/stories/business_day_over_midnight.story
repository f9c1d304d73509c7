# The shop is open over midnight. Its business day ends at four in the morning: a sale belongs to the day on which it is
# paid, whatever the calendar says, and its number goes on counting.
clock is set to 2026-11-24 23:59:50
scan 9520001200014
wait 20 s
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 30 s
expect the last sale is number 1 of 2026-11-24
clock is set to 2026-11-25 03:59:50
scan 9520001200014
clock is set to 2026-11-25 04:00:10
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 30 s
expect the last sale is number 2 of 2026-11-25

# The night in which the hour from two to three comes twice
clock is set to 2026-10-25 02:59:30
scan 9520001200014
wait 60 s
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 30 s
expect the last sale is number 3 of 2026-10-24
expect everything in the books

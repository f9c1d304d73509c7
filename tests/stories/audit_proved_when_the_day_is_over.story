# The day's secret is committed to before its first visit; when the day is over it is shown, and lane and store can prove that
# everybody who was looked at was drawn. A basket that is set aside keeps its lot, and is looked at when it comes back
clock is set to 2026-11-24 22:00:00
shop looks at 1000 of a thousand baskets
expect reports of audit.committed 1
scan 9520001200014
tap "Pay"
expect staff called for audit
staff pin 1357
tap "Begin"
tap "Begin"
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
scan 9520001200014
tap "Pay"
expect staff called for audit
tap "Staff"
tap "Suspend"
wait 3 s
tap "Recall basket"
tap "MK7C"
tap "Pay"
expect staff called for audit
tap "Staff"
tap "Begin"
tap "Begin"
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
clock is set to 2026-11-25 08:00:00
wait 2 min
expect reports of audit.revealed 1
expect the lots of 2026-11-24 proved: 2 visits, 2 drawn
expect everything in the books

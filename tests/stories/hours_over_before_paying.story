# Where the law looks at the payment, wine that was scanned before midnight is not paid for after it: it leaves the basket,
# the shopper is told, and the rest is sold.
shop in us-test
clock is set to 2026-11-24 23:59:20
scan 9520001200014
scan 9520001410048
staff pin 2468
tap "Approve"
tap "Lock"
expect lines 2
clock is set to 2026-11-25 00:00:10
tap "Pay"
expect banner "The selling hours of Red wine 75 cl are over."
expect lines 1
expect screen 02-scanning
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 20 s
expect store sales 1
expect stock 9520001410048 0
expect reports of hours.over 1
expect everything in the books

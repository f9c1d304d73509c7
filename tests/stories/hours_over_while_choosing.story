# The hour strikes while the shopper looks at the ways to pay: what may no longer be sold leaves the basket before the terminal
# hears of any sum.
shop in us-test
shop takes card cash
clock is set to 2026-11-24 23:59:20
scan 9520001200014
scan 9520001410048
staff pin 2468
tap "Approve"
tap "Lock"
tap "Pay"
clock is set to 2026-11-25 00:00:10
tap "Card"
expect banner "The selling hours of Red wine 75 cl are over."
expect screen 02-scanning
expect charges 0
expect lines 1
tap "Pay"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 20 s
expect store sales 1
expect everything in the books

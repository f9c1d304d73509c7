# Norwegian law looks at the moment in which the shopper took the wine: scanned at half a minute to eight, it is paid for after.
# One more bottle is not sold.
shop in no
clock is set to 2026-11-24 19:59:30
scan 9520001410048
staff pin 2468
tap "Approve"
tap "Lock"
clock is set to 2026-11-24 20:00:30
tap "Red wine 75 cl"
tap "One more"
tap "Save change"
expect text "This may be sold again from Wed, 25 Nov, 08:00 on."
expect items 1
tap "Close"
tap "Pay"
wait 3 s
tap card
wait 5 s
pin 1234
wait 5 s
tap "Print it"
wait 20 s
expect store total 99.00
expect everything in the books

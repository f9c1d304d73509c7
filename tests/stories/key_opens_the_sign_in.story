# The staff key opens the sign-in in the middle of a visit, and says nothing of who: a PIN does. Turned back, it locks.
shop fits keylock
scan 9520001200014
turn the staff key
expect screen 19a-staff-sign-in
key 2468
tap "Sign in"
expect screen 19b-staff-menu
turn the staff key back
expect screen 02-scanning
expect lines 1
turn the staff key
expect screen 19a-staff-sign-in
turn the staff key back
expect screen 02-scanning
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect everything in the books

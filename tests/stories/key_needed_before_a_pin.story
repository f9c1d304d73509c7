# Where the shop wants it, a right PIN without the key opens nothing; with it, it does. After a power cut the lane asks the lock again.
shop fits keylock
shop wants its key turned before a PIN
tap "Staff sign-in"
key 2468
tap "Sign in"
expect banner "Turn the staff key first"
turn the staff key
tap "Sign in"
expect screen 19b-staff-menu
power cut
start
wait 5 s
expect screen 19a-staff-sign-in
staff pin again 2468
expect screen 19b-staff-menu
turn the staff key back
expect screen 01-welcome
expect everything in the books

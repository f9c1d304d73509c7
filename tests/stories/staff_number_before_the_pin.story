# The shop wants to know who signs in: the staff number, then the PIN. A wrong number and a wrong PIN are told alike, and five of either pause the pad.
shop wants a staff number with every PIN
scan 9520001200014
tap "Staff sign-in"
expect text "type your staff number"
expect locked button "Next"
key 2
tap "Next"
expect text "Your PIN proves it"
staff pin again 2468
expect text "That number and that PIN are not one person’s. 1 wrong try"
expect text "type your staff number"
key 999
tap "Next"
staff pin again 2468
expect text "That number and that PIN are not one person’s. 2 wrong tries"
key 01
tap "Next"
staff pin again 2468
expect screen 19b-staff-menu
tap "Lock"
staff badge u2
expect text "Bo, type your PIN"
staff pin again 1357
expect screen 19b-staff-menu
tap "Lock"
tap "Staff sign-in"
key 1
tap "Next"
staff pin again 0001
key 1
tap "Next"
staff pin again 0002
key 1
tap "Next"
staff pin again 0003
key 7
tap "Next"
staff pin again 2468
key 1
tap "Next"
power cut
start
expect lines 1
tap "Staff sign-in"
key 1
tap "Next"
staff pin again 0005
expect text "Too many wrong PINs"
tap "Back to shopper"
expect screen 02-scanning
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect everything in the books

# Five wrong PINs and the pad pauses for five minutes; the shopper's basket is untouched.
scan 9520001200014
staff pin 0001
expect sound not-found
expect text "1 wrong try"
staff pin again 0002
staff pin again 0003
staff pin again 0004
staff pin again 0005
expect text "Too many wrong PINs"
expect locked button "Sign in"
tap "Back to shopper"
expect screen 02-scanning
expect lines 1
wait 80 s
scan 9520001200014
wait 80 s
scan 9520001200014
wait 80 s
scan 9520001200014
wait 80 s
tap "Staff sign-in"
staff pin again 2468
expect screen 19b-staff-menu
tap "Lock"
expect screen 02-scanning
expect items 4

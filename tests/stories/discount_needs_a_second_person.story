# A cashier may give so much and no more: the supervisor signs on the same screen, and the cashier stays signed in.
scan 9520001200014 2 times
staff pin 1357
tap "Discount"
tap "10 %"
tap "Short date"
tap "Give 10 % off"
expect screen 02-scanning
expect due 59.22
tap "Staff sign-in"
tap "Discount"
tap "Whole basket"
tap "50 %"
tap "Damaged"
tap "Give 50 % off"
expect screen 19a-staff-sign-in
expect text "Ask a supervisor"
staff pin again 9999
expect text "1 wrong try"
staff pin again 1357
expect screen 19a-staff-sign-in
expect banner "Bo may not do this"
staff pin again 2468
expect screen 19d-staff-line
tap "Menu"
expect text "Bo"
tap "Lock"
expect due 29.61
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect noted "5922 -> 2961; damaged; asked by u2" by u1
expect noted "6580 -> 5922; short_date" by u2
expect store total 29.61
expect everything in the books

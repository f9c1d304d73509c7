# What waits for a second person can be dropped; nothing has happened then.
scan 9520001200014
staff pin 1357
tap "Open drawer"
expect screen 19a-staff-sign-in
expect text "Ask a supervisor"
tap "Back"
expect screen 19b-staff-menu
tap "Open drawer"
staff badge u1
expect text "Anna, type your PIN"
staff pin again 1357
expect text "1 wrong try"
staff pin again 2468
expect screen 19b-staff-menu
tap "Lock"
expect due 32.90
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect everything in the books

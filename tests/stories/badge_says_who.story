# A badge opens the pad and says who; a stranger with a photo of it has no PIN. The shop asks for both.
shop wants a badge with every PIN
scan 9520001200014
tap "Staff sign-in"
key 2468
tap "Sign in"
expect banner "Scan your badge first"
tap "Back to shopper"
staff badge u2
expect screen 19a-staff-sign-in
expect text "Bo, type your PIN"
staff pin again 2468
expect text "1 wrong try"
staff badge u1
expect text "Anna, type your PIN"
staff pin again 2468
expect screen 19b-staff-menu
tap "Lock"
expect screen 02-scanning
expect lines 1
staff badge u9
expect screen 02-scanning
expect banner "don’t know this barcode"
tap "Call staff"
tap "I’m fine now"
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect everything in the books

# Staff refuse the wine: it is taken out and is not sold in this visit, however often it is scanned; the bread is.
scan 9520001410048
tap "Keep scanning"
scan 9520001200014
staff pin 1357
tap "Age check 18+"
expect screen 19c-staff-age
expect text "18 years"
tap "Refuse sale"
expect screen 02-scanning
tap "Staff sign-in"
tap "Lock"
expect lines 1
scan 9520001410048
expect banner "can’t sell"
expect lines 1
expect staff not called for age
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect noted "18: refused" by u2
expect store total 32.90
scan 9520001410048
expect screen 07-age-check
wait 1 s
staff pin 1357
tap "Age check 18+"
tap "Clearly over 25"
tap "Staff sign-in"
tap "Lock"
tap "Pay"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 60 s
expect noted "18: clear" by u2
expect everything in the books

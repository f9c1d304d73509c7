# A crushed loaf: staff set its price, a reason is required, and who did it stands in the books.
scan 9520001200014
scan 9520001200021
staff pin 2468
tap "Change price"
expect screen 19d-staff-line
tap "Rye bread, sliced"
expect locked button "Set price"
key 16.45
expect locked button "Set price to 16.45"
tap "Set price to 16.45"
expect banner "Choose a reason first"
tap "Close the note: Choose a reason first."
tap "Damaged"
tap "Set price to 16.45"
expect screen 02-scanning
tap "Staff sign-in"
tap "Lock"
expect due 41.35
scan 9520001200014
expect lines 3
expect due 74.25
tap "Pay"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 1 s
expect screen 14a-receipt-choice
wait 60 s
expect noted "3290 -> 1645; damaged" by u1
expect store total 74.25
expect everything in the books

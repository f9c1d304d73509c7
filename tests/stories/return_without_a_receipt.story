# No receipt: the goods are scanned, what they cost today is the most, and a manager signs.
shop takes card cash
staff take goods back with pin 1357
tap "No receipt"
scan 9520001200014
scan 9520001200014
scan 9520001200021
expect text "90.70"
touch the line of "White loaf"
tap "One less"
tap "Wrong item"
tap "One less"
expect text "65.80"
touch the line of "Rye bread, sliced"
tap "Changed their mind"
pay back
expect screen 19a-staff-sign-in
staff pin again 2468
expect banner "Anna may not do this"
expect returns 0
staff pin again 8642
wait 1 s
expect returns 1
expect noted "asked by u2" by u3
expect paid back 66.00 by cash
expect stock 9520001200014 2
push the drawer shut
expect everything in the books

# Nobody knows this barcode: tried again, typed, looked for, and in the end staff sell it by kind of goods and price.
scan 4006381333931
expect banner "We don’t know this barcode"
scan 4006381333931
type 4006381333931
expect text "We can’t find 4006381333931"
tap "Back"
search stabilo
expect text "Nothing found"
tap "Back"
tap "Back"
tap "Call staff"
staff pin 1357
tap "Done here"
expect text "Nobody knows this code"
tap "Key its price"
tap "1"
tap "9"
tap "9"
tap "0"
expect locked button "Sell"
tap "Other goods"
tap "Sell"
expect lines 1
expect due 19.90
tap "Staff"
tap "Serve here"
tap "Sell at a price"
tap "Alcohol"
tap "5"
tap "0"
tap "0"
tap "0"
tap "Sell"
tap "ID checked"
tap "Self-service"
tap "Staff"
tap "Lock"
expect due 69.90
tap "Pay"
tap card
wait 5 s
pin 1234
wait 5 s
tap "Print it"
wait 3 s
expect receipt contains "Other goods"
expect receipt contains "VAT 25 %"
wait 1 min
expect store total 69.90
expect everything in the books

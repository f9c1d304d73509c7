# Empties come back at the checkout: twelve cans are counted, a bottle is scanned, and the deposit goes out of the drawer.
shop takes card cash
staff take empties back with pin 2468
12 empties of "can, small bottle"
scan 9520001400018
scan 9520001400018
pay back
wait 1 s
expect returns 1
expect paid back 26.00 by cash
expect drawer opened 1 times
expect receipt contains "Deposit: 2 kr: can"
expect receipt contains "12 x 2.00"
expect receipt contains "-26.00"
expect the last return says container and waste
expect stock 9520001400018 0
push the drawer shut
tap "X report"
tap "Close the day…"
tap "Close the day"
wait 5 s
expect receipt contains "Z-rapport 1"
expect receipt contains "Pant utbetald (14)"
expect everything in the books

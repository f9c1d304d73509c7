# What another checkout is taking back cannot come back here, and what came back here cannot come back there.
shop takes card cash
shop keeps receipts at https://shop.example
scan 9520001200014 2 times
tap "Pay"
tap "Cash"
staff pin 2468
staff take the exact sum
push the drawer shut
tap "Print it"
wait 2 min
staff take goods back with pin 2468
scan the receipt of the last sale
2 of "Rye bread, sliced" come back: wrong
another checkout can take back 1 of line 1 of the last sale
pay back
expect banner "have come back already"
expect returns 0
1 of "Rye bread, sliced" come back: wrong
pay back
wait 1 s
expect returns 1
expect paid back 33.00 by cash
another checkout cannot take back 1 of line 1 of the last sale
push the drawer shut
wait 2 min
staff take goods back with pin 2468
scan the receipt of the last sale
expect banner "have come back already"
expect everything in the books

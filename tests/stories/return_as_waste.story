# A squashed loaf goes to waste: its money comes back, and it is not sold again.
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
1 of "Rye bread, sliced" come back as waste: defective
pay back
wait 1 s
push the drawer shut
expect the last return says defective and waste
expect stock 9520001200014 -2
expect everything in the books

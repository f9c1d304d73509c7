# Two of three breads come back: the receipt is scanned, the pieces are kept at the store, cash goes back, once.
shop takes card cash
shop keeps receipts at https://shop.example
scan 9520001200014 3 times
scan 9520001200021
tap "Pay"
tap "Cash"
staff pin 2468
staff take the exact sum
push the drawer shut
tap "Print it"
wait 2 min
expect stock 9520001200014 -3
staff take goods back with pin 2468
scan the receipt of the last sale
2 of "Rye bread, sliced" come back: defective
pay back
wait 1 s
expect returns 1
expect paid back 66.00 by cash
expect drawer opened 2 times
expect stock 9520001200014 -1
expect receipt contains "RETURN"
expect the last return says defective
push the drawer shut
expect everything in the books

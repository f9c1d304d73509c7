# Where sales are signed a return is signed too, and the power may go before its signature comes.
shop takes card cash
shop signs sales
shop keeps receipts at https://shop.example
scan 9520001200014
tap "Pay"
tap "Cash"
staff pin 2468
staff take the exact sum
push the drawer shut
tap "Print it"
wait 2 min
staff take goods back with pin 2468
scan the receipt of the last sale
1 of "Rye bread, sliced" come back: mind
pay back
wait 1 s
push the drawer shut
expect returns 1
expect signed sales 2
expect everything in the books

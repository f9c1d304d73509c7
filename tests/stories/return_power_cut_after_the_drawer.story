# The power goes right after the drawer opened: the return is sealed, once, the drawer stays shut, and staff look at it.
shop takes card cash
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
1 of "Rye bread, sliced" come back: other
on to the money
printer prints 900 ms a line
pay it back
power cut seed 3
printer prints 1 ms a line
start
wait 10 s
expect returns 1
expect drawer opened 2 times
expect paid back 33.00 by cash
expect everything in the books

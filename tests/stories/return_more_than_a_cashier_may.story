# Above the shop's threshold a cashier does not pay back alone.
shop takes card cash
shop keeps receipts at https://shop.example
scan 9520001200014 16 times
tap "Pay"
tap "Cash"
staff pin 1357
staff take the exact sum
push the drawer shut
tap "Print it"
wait 2 min
staff take goods back with pin 1357
type receipt 1
16 of "Rye bread, sliced" come back: wrong
pay back
expect returns 0
staff pin again 2468
wait 1 s
expect returns 1
expect noted "asked by u2" by u1
push the drawer shut
expect everything in the books

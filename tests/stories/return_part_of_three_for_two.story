# Three for two: each of the three cost two thirds, and so much comes back for one of them, also for the last one.
shop takes card cash
shop keeps receipts at https://shop.example
offer bread32 kind=multibuy items=9520001200014 need=3 pay=2 name="3 for 2"
wait 3 s
scan 9520001200014 3 times
expect due 65.80
tap "Pay"
tap "Cash"
staff pin 8642
staff take the exact sum
push the drawer shut
tap "Print it"
wait 2 min
staff take goods back with pin 8642
scan the receipt of the last sale
expect text "3 of 3 left"
1 of "Rye bread, sliced" come back: mind
expect text "21.94"
pay back
wait 1 s
push the drawer shut
wait 2 min
staff take goods back with pin 8642
scan the receipt of the last sale
expect text "2 of 3 left"
2 of "Rye bread, sliced" come back: mind
expect locked button "One more"
expect text "43.86"
pay back
wait 1 s
push the drawer shut
expect returns 2
expect paid back 66.00 by cash
expect stock 9520001200014 0
expect everything in the books

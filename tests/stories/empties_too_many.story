# More than the shop pays out at once is refused kindly, and so is a count that nobody carries, and a thing without deposit.
shop takes card cash
shop pays up to 30.00 for empties
staff take empties back with pin 2468
1000 empties of "large bottle"
expect banner "999 is the most of one kind"
scan 9520001200014
expect banner "There is no deposit on Rye bread"
11 empties of "large bottle"
pay back
expect banner "is the most for empties at once"
expect returns 0
expect drawer opened 0 times
tap "Back"
10 empties of "large bottle"
pay back
wait 1 s
expect paid back 30.00 by cash
push the drawer shut
expect everything in the books

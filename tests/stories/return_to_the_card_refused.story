# The card does not get its money: a supervisor cannot pay it in cash, a manager can, and it is written down.
shop takes card cash
shop keeps receipts at https://shop.example
scan 9520001200014 2 times
tap "Pay"
tap "Card"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 1 s
tap "Print it"
wait 2 min
staff take goods back with pin 2468
scan the receipt of the last sale
1 of "Rye bread, sliced" come back: mind
pay back
wait 3 s
press the red key
wait 5 s
expect text "did not get the money"
pay back in cash
staff pin again 2468
expect banner "may not do this"
staff pin again 8642
wait 1 s
expect returns 1
expect refunds 0
expect paid back 33.00 by cash
expect drawer opened 1 times
expect reports of return.in_cash 1
push the drawer shut
expect everything in the books

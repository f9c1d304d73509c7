# The terminal loses its power before it has reversed anything: it says so later, staff try again, and it is done once.
shop takes card cash
shop keeps receipts at https://shop.example
scan 9520001200014
tap "Pay"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 2 min
staff take goods back with pin 2468
scan the receipt of the last sale
1 of "Rye bread, sliced" come back: mind
cut terminal power at message 4
pay back
wait 5 s
terminal power on
wait 2 min
expect charges given back 0
expect text "did not get the money"
tap "Try again"
wait 5 s
expect returns 1
expect charges given back 1
expect refunds 0
expect paid back 32.90 by card
expect everything in the books

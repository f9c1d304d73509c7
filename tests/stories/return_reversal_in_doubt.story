# The answer to a reversal is lost and nobody can tell: staff read the terminal's journal, and no card gets the money on top.
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
terminal hides its last transaction after a cut
cut terminal at message 5
pay back
wait 4 min
expect returns 0
expect charges given back 1
expect text "whether it reversed the payment"
staff settle the refund honestly
wait 2 s
expect returns 1
expect charges given back 1
expect refunds 0
expect paid back 32.90 by card
expect receipt contains "Card payment reversed"
expect everything in the books

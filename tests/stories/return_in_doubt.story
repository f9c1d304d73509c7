# The answer to a refund is lost: it is never given twice. Staff read the terminal's journal and decide.
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
terminal hides its last transaction after a cut
cut terminal after approval
pay back
wait 3 s
tap card
wait 4 min
expect returns 0
expect refunds 1
expect text "could not tell"
staff settle the refund honestly
wait 2 s
expect returns 1
expect refunds 1
expect paid back 32.90 by card
expect everything in the books

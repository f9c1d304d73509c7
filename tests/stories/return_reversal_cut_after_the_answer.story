# The power goes when the terminal has reversed the payment and said so: the return is sealed, once.
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
terminal behaves
pay back
wait 2 s
expect charges given back 1
power cut seed 3
wait 5 s
start
wait 60 s
expect returns 1
expect charges given back 1
expect refunds 0
expect paid back 32.90 by card
expect everything in the books

# The terminal's end of day has taken the payment: it cannot be reversed, so the card must be there to get the money.
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
staff pin 2468
staff close the day
wait 30 s
expect report settlement says terminal_minor 3290
wait 70 s
staff take goods back with pin 2468
scan the receipt of the last sale
1 of "Rye bread, sliced" come back: mind
pay back
wait 3 s
expect returns 0
tap card
wait 5 s
expect returns 1
expect refunds 1
expect charges given back 0
expect reports of card.not_reversed 0
expect paid back 32.90 by card
# What is bought after it can be reversed again.
wait 2 min
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
pay back
wait 5 s
expect returns 2
expect refunds 1
expect charges given back 1
expect everything in the books

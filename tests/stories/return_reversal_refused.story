# The terminal will not reverse the payment any more: staff are told to ask for the card, and it gets the money, once.
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
terminal fault reverses_nothing
pay back
wait 3 s
expect banner "Ask for the card"
expect returns 0
tap card
wait 5 s
expect returns 1
expect charges 1
expect refunds 1
expect charges given back 0
expect paid back 32.90 by card
expect reports of card.not_reversed 1
expect everything in the books

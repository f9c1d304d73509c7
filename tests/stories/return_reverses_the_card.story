# All of a card sale comes back before the terminal's end of day: the payment is reversed, and no card is needed.
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
2 of "Rye bread, sliced" come back: mind
pay back
expect text "No card is needed"
wait 5 s
expect returns 1
expect charges 0
expect charges given back 1
expect refunds 0
expect paid back 65.80 by card
expect drawer opened 0 times
expect receipt contains "Card payment reversed"
# The end of day counts neither the payment nor its reversal, and so do we.
wait 2 min
staff pin 2468
staff close the day
wait 30 s
expect report day.closed says returns_minor 6580
expect report settlement says terminal_minor 0
expect report settlement says difference_minor 0
expect everything in the books

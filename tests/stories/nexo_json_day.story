# A terminal that speaks nexo in sealed JSON. Its answer is lost, and the lane's power too: the charge is found, once.
shop takes card cash
shop keeps receipts at https://shop.example
power cut
the card terminal is changed for one that speaks nexo-json
start
wait 3 s
scan 9520001200014 2 times
terminal loses its line before it answers
tap "Pay"
tap "Card"
wait 3 s
insert card
wait 1 s
pin 1234
wait 2 s
take card
power cut
wait 10 s
start
wait 15 s
expect screen 14a-receipt-choice
expect charges 1
tap "Print it"
wait 2 min
expect store sales 1
# Half of it comes back, and the card is given its money; then the terminal's day agrees with ours.
staff take goods back with pin 2468
scan the receipt of the last sale
1 of "Rye bread, sliced" come back: mind
pay back
wait 3 s
tap card
wait 5 s
expect returns 1
expect refunds 1
expect paid back 32.90 by card
wait 2 min
staff pin 2468
staff close the day
wait 30 s
expect report settlement says terminal_minor 3290
expect report settlement says difference_minor 0
expect everything in the books

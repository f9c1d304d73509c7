# There is more on the card than the sum: the rest stays on it.
shop takes card gift_card
the store issues gift card KG-1000001 of 250.00
scan 9520001200014
tap "Pay"
scan KG-1000001
wait 1 s
expect sales 1
expect store paid 32.90 by gift_card
expect charges 0
tap "Print it"
wait 10 s
expect receipt contains "Gift card"
wait 2 min
expect screen 01-welcome
scan KG-1000001
expect banner "217.10"
wait 5 min
expect everything in the books

# The network goes after the amount was chosen: the card is paid, the receipt says when it can be used, and the money is on it
# as soon as the store hears of the sale; once.
shop takes card gift_card cash
shop sells gift cards of 100.00 500.00
the store issues gift card KG-1000034 of 20.00
scan KG-1000034
wait 1 s
tap "100.00 kr"
wait 1 s
network down
tap "Pay"
tap "Card"
wait 3 s
tap card
wait 1 s
pin 1234
wait 12 s
expect sales 1
tap "Print it"
wait 10 s
expect receipt contains "On the card when the store has this sale."
wait 60 s
network up
wait 2 min
scan KG-1000034
wait 1 s
expect text "120.00 kr is on it now."
tap "Back"
expect everything in the books

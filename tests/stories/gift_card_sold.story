# A gift card from the shelf is sold with a loaf of bread: paid in one, on the card when the store has the sale, and no turnover.
shop takes card gift_card cash
shop sells gift cards of 100.00 500.00
the store issues gift card KG-1000034 of 0.00
scan 9520001200014
scan KG-1000034
wait 1 s
expect screen 09b-gift-card-amount
expect text "0.00 kr is on it now."
tap "500.00 kr"
wait 1 s
expect lines 2
tap "Pay"
expect left to pay 532.90
tap "Card"
wait 3 s
tap card
wait 1 s
pin 1234
wait 12 s
expect sales 1
tap "Print it"
wait 10 s
expect receipt contains "Gift card ··34"
expect receipt contains "On the card when the store has this sale."
wait 60 s
expect store total 32.90
expect store paid 532.90 by card
scan KG-1000034
wait 1 s
expect text "500.00 kr is on it now."
tap "Back"
expect everything in the books

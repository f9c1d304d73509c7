# A gift card pays what is on it, the bank card pays the rest; the store spends the card with the sale.
shop takes card gift_card cash
the store issues gift card KG-1000001 of 20.00
scan 9520001200014
tap "Pay"
tap "Gift card"
expect screen 11d-gift-card
scan KG-1000001
wait 1 s
expect screen 11d-gift-card-added
expect text "Nothing is left on this card."
expect left to pay 12.90
tap "Pay the rest"
tap "Card"
wait 3 s
tap card
wait 12 s
expect store paid 20.00 by gift_card
expect store paid 12.90 by card
wait 2 min
expect screen 01-welcome
scan KG-1000001
expect banner "0.00"
wait 5 min
expect everything in the books

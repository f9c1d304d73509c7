# Chosen and taken out again, then chosen and left standing: nothing was paid, and nothing is on the card.
shop takes card gift_card cash
shop sells gift cards of 100.00 500.00
the store issues gift card KG-1000034 of 0.00
scan KG-1000034
wait 1 s
tap "500.00 kr"
wait 1 s
expect lines 1
tap "Change or remove"
tap "Gift card ··34"
tap "Remove"
expect screen 03-empty-basket
scan KG-1000034
wait 1 s
expect text "0.00 kr is on it now."
tap "100.00 kr"
wait 1 s
power cut seed 3
start
wait 20 min
expect sales 0
scan KG-1000034
wait 1 s
expect text "0.00 kr is on it now."
tap "Back"
expect everything in the books

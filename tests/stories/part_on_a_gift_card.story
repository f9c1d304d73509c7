# Only a part from the gift card, though there is enough on it; the rest by card.
shop takes card gift_card
the store issues gift card KG-1000031 of 100.00
scan 9520001200014
tap "Pay"
tap "Pay a part"
key 1290
tap "OK"
tap "Gift card"
scan the text KG-1000031
wait 3 s
expect left to pay 20.00
tap "Pay the rest"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 60 s
expect store paid 12.90 by gift_card
expect store paid 20.00 by card
expect everything in the books

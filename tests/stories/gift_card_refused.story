# A card that nobody knows, one that is empty, and a store that is away: each is told, and nothing is taken.
shop takes card gift_card
the store issues gift card KG-1000001 of 0.00
scan 9520001200014
tap "Pay"
scan KG-7777777
wait 1 s
expect text "We can’t use this gift card. Please ask our staff."
scan KG-1000001
wait 1 s
expect text "There is 0.00"
network down
scan KG-1000001
wait 4 s
expect text "We can’t ask about that just now. Please try again in a moment."
expect left to pay 32.90
network up
tap "Card"
wait 3 s
tap card
wait 12 s
expect store paid 32.90 by card
expect everything in the books

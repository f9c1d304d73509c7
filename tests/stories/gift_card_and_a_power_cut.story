# The power goes while the store is asked, and again when the card is taken: it is asked again under the same number, and
# twenty kronor are twenty kronor.
shop takes card gift_card
the store issues gift card KG-1000001 of 20.00
scan 9520001200014
tap "Pay"
network down
scan KG-1000001
power cut seed 2
start
network up
wait 5 s
scan KG-1000001
power fails at write 2 seed 5
wait 2 s
perhaps start
wait 5 s
perhaps tap "Pay"
perhaps scan KG-1000001
wait 5 s
expect left to pay 12.90
perhaps tap "Pay the rest"
tap "Card"
wait 3 s
tap card
wait 12 s
expect store paid 20.00 by gift_card
expect store total 32.90
expect everything in the books

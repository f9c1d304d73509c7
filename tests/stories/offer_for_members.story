# Member prices count from the moment the card is scanned, also for what is in the basket already.
the store has member m7 called Sam with KM-555
offer coffee kind=member_price items=9520001300011 price_minor=5490 name="Member price"
wait 3 s
scan 9520001300011
expect due 64.90
scan KM-555
wait 6 s
expect due 54.90
expect text "Member price"
tap "Pay"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 1 s
tap "Print it"
wait 3 s
wait 20 s
expect everything in the books

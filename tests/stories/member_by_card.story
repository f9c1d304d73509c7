# A member scans the card
# On the welcome screen it begins the visit; the sale carries the store's id and the points are in the books.
the store has member m7 called Sam with KM-555

scan KM-555
expect screen 09-member
expect text "Good to see you, Sam"
expect customer m7
scan 9520001200014
expect screen 02-scanning
tap "Pay"
tap card
wait 10 s
expect screen 14a-receipt-choice
expect member m7 has 32 points

# The next shopper is nobody
tap "No receipt"
wait 20 s
scan 9520001200014
expect customer nobody
expect nothing of Sam in the journal

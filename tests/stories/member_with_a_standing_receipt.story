# A member who always wants paper
# The question about the receipt is skipped; the next shopper is asked again.
the store has member m7 called Sam with KM-555 who wants receipts by print

scan KM-555
scan 9520001200014
tap "Pay"
tap card
wait 10 s
expect screen 15-thank-you
expect receipts 1
wait 20 s
scan 9520001200014
tap "Pay"
tap card
wait 10 s
expect screen 14a-receipt-choice

# The signer is out of order. Nobody waits for it: two sales are sealed as an outage. When it works again it signs what it
# owes, in order, before it signs anything new; the next sale carries the late signatures into the books.
shop in no
shop signs sales
signer fails
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 20 s
expect receipts 1
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect sales 2
expect unsigned sales 2
expect signed sales 0
signer works
wait 60 s
expect unsigned sales 0
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect signed sales 3
expect everything in the books

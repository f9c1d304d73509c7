# A signer that says nothing holds a shopper for five seconds and no longer. A scan meanwhile begins no other visit.
shop in no
shop signs sales
signer says nothing
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 3 s
expect screen 14a-receipt-choice
scan 9520001200021
expect screen 14a-receipt-choice
tap "Print it"
wait 6 s
expect screen 15-thank-you
wait 20 s
expect receipts 1
expect unsigned sales 1
signer works
wait 60 s
expect unsigned sales 0
expect everything in the books

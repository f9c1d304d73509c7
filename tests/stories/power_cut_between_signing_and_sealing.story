# The money is taken, the sale is on its way to the signer, and the power goes. Afterwards the lane asks for the same
# number again: one charge, one sale, one signature, one receipt.
shop in no
shop signs sales
signer says nothing
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 2 s
expect screen 14a-receipt-choice
tap "Print it"
expect receipts 0       # there is no receipt before there is a signature
expect sales 0
power cut
signer works
start
wait 5 s
expect sales 1
expect charges 1
expect receipts 1
wait 60 s
expect signed sales 1
expect everything in the books

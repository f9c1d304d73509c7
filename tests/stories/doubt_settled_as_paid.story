# After the cut the terminal does not tell what it did. Staff read its own journal and decide: paid.
scan 9520001200014
terminal hides its last transaction after a cut
cut terminal after approval
tap "Pay"
wait 3 s
tap card
wait 10 s
expect screen 13-checking-bank
expect charges 1
wait 4 min
expect screen 13-checking-bank
expect sales 0
staff pin 2468
staff settle honestly
wait 2 s
expect screen 14a-receipt-choice
expect sales 1
wait 60 s
expect charges 1
expect store total 32.90
expect everything in the books

# A card without a PIN: the slip is printed and signed, staff compare it, and only then is it paid.
scan 9520001200014
the next card signs
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 11e-sign-the-slip
expect charges 1
expect sales 0
expect receipt contains "SIGNATURE"
wait 10 min
expect screen 11e-sign-the-slip
staff pin 1357
tap "The signature is right"
wait 2 s
expect sales 1
expect charges 1
expect noted "signature" by u2
perhaps tap "No receipt"
wait 60 s
expect store paid 32.90 by card
expect everything in the books

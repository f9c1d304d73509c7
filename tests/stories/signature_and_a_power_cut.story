# The power goes while the slip is signed: the question is still there, the slip is printed again, nobody pays twice.
scan 9520001200014
the next card signs
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 11e-sign-the-slip
power cut
start
wait 2 s
expect screen 11e-sign-the-slip
expect sales 0
staff pin 1357
tap "Print the slip again"
wait 5 s
expect receipt contains "SIGNATURE"
tap "The signature is right"
wait 2 s
expect sales 1
expect charges 1
perhaps tap "No receipt"
wait 60 s
expect everything in the books

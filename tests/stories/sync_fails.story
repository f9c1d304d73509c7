# A sync of the disk fails: the process must not go on, starts again, and nothing that it had promised is gone.
scan 9520001200014
scan 9520001400056
sync fails at write 1
scan 9520001200014
expect screen dark
start
wait 5 s
power cut
start
wait 5 s
expect screen 02-scanning
tap "Pay"
wait 3 s
tap card
wait 1 s
pin 1234
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect everything in the books

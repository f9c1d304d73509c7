# Sixty-six crowns need a PIN; the first one is wrong.
scan 9520001200014 2 times
tap "Pay"
wait 3 s
insert card
wait 1 s
expect terminal "Enter PIN"
pin 9999
wait 1 s
expect terminal "Wrong PIN"
expect charges 0
pin 1234
wait 5 s
take card
wait 1 s
expect screen 14a-receipt-choice
expect charges 1
wait 40 s
expect everything in the books

# The line to the terminal goes before its approval comes; the terminal finishes alone. The lane asks, and finds out.
scan 9520001200014
cut terminal before approval
tap "Pay"
wait 3 s
tap card
wait 1 s
expect screen 13-checking-bank
expect light amber
expect charges 0
wait 15 s
expect screen 14a-receipt-choice
expect charges 1
wait 60 s
expect store total 32.90
expect everything in the books

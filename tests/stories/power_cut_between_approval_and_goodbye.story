# The sale is sealed, the receipt is on its way. After the cut it is printed again, headed as a copy.
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
printer prints 500 ms a line
tap "Print it"
power cut
printer prints 0 ms a line
wait 30 s
start
wait 5 s
expect receipt contains "KOPIA"
expect charges 1
wait 30 s
expect store sales 1
expect everything in the books

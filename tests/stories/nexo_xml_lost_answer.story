# The line goes while the shopper taps. The terminal goes on alone; the lane asks it what became of the payment, by name.
power cut
the card terminal is changed for one that speaks nexo-xml
start
wait 3 s
scan 9520001200014
terminal loses its line when it has heard
tap "Pay"
wait 3 s
tap card
wait 12 s
expect screen 14a-receipt-choice
expect charges 1
wait 60 s
expect store sales 1
# Another time the order itself is lost: nothing was charged, and the shopper tries again.
scan 9520001200014
terminal loses its line before it hears
tap "Pay"
wait 60 s
expect charges 1
tap "Try again"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
expect charges 2
wait 60 s
expect store sales 2
expect everything in the books

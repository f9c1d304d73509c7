# A terminal that speaks nexo in XML: a card is declined, another one pays with its PIN, and the receipt has its slip.
power cut
the card terminal is changed for one that speaks nexo-xml
start
wait 3 s
expect screen 01-welcome
scan 9520001200014 2 times
expect due 65.80
tap "Pay"
wait 3 s
expect screen 11-card-progress
expect terminal "Insert or tap card"
expect text "Insert or tap card"
decline next card
tap card
wait 1 s
pin 1234
wait 3 s
expect charges 0
tap "Try again"
wait 3 s
insert card
wait 1 s
expect terminal "Enter PIN"
pin 1111
wait 1 s
expect terminal "Wrong PIN"
expect text "Wrong PIN"
pin 1234
wait 3 s
take card
wait 1 s
expect screen 14a-receipt-choice
tap "Print it"
wait 3 s
expect receipt contains "65,80"
expect receipt contains "CUSTOMER COPY"
expect charges 1
wait 20 s
expect screen 01-welcome
expect store sales 1
expect everything in the books

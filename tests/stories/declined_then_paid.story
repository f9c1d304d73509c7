# The bank says no to the first card; the second one pays. Charged once.
scan 9520001200014
tap "Pay"
wait 3 s
decline next card
tap card
wait 5 s
expect screen 12-declined
expect text "You have not been charged"
expect sound declined
expect charges 0
tap "Try again"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
expect charges 1
tap "No receipt"
wait 20 s
expect screen 01-welcome
expect store total 32.90
expect everything in the books

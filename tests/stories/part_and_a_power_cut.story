# The power goes after the part was named, and again while it is paid: the part is still the part, and is charged once.
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Pay a part"
key 1000
tap "OK"
power cut
start
wait 2 s
expect text "Pay 10.00 kr with …"
tap "Card"
wait 3 s
tap card
wait 2 s
power cut
start
wait 60 s
perhaps tap "Yes, I’m here"
expect charges 1
expect left to pay 22.90
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect charges 2
expect store paid 32.90 by card
expect everything in the books

# The power goes while the code is on the screen, and the phone pays in the dark: the lane asks, and it is one sale
shop takes card qr
scan 9520001200014
tap "Pay"
tap "QR payment"
wait 2 s
power cut
phone pays
start
wait 10 s
expect text "Paid"
tap "No receipt"
wait 20 s
expect phones paid 32.90
expect store paid 32.90 by qr
expect everything in the books

# Nobody has paid: the code is taken back, so that it cannot be paid any more
wait 2 min
scan 9520001200014
tap "Pay"
tap "QR payment"
wait 2 s
power cut
start
wait 10 s
expect screen 12-declined
tap "Pay another way"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect phones paid 32.90
expect everything in the books

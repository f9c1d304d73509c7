# Nobody reads the code: after three minutes the provider takes it back, and nothing was charged
shop takes card qr
scan 9520001200014
tap "Pay"
tap "QR payment"
wait 2 s
wait 3 min
wait 3 s
expect screen 12-declined
expect text "You have not been charged"
tap "Pay another way"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect phones paid 0.00
expect everything in the books

# The order arrives and its answer is lost: no code was shown, so nobody can pay it; it is taken back and tried anew
shop takes card qr
scan 9520001200014
tap "Pay"
provider is silent 1 times, 1 later
tap "QR payment"
wait 30 s
expect screen 12-declined
expect phones paid 0.00
tap "Try again"
wait 2 s
phone pays
wait 3 s
expect text "Paid"
tap "No receipt"
wait 20 s
expect phones paid 32.90
expect everything in the books

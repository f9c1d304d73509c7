# The provider falls silent after the code was shown, and the phone pays: in doubt, asked again, and found when it is back
shop takes card qr
scan 9520001200014
tap "Pay"
tap "QR payment"
wait 2 s
provider away
phone pays
wait 30 s
expect screen 13-checking-bank
wait 1 min
expect screen 13-checking-bank
provider back
wait 15 s
perhaps tap "No receipt"
wait 15 s
perhaps tap "No receipt"
wait 20 s
expect phones paid 32.90
expect store paid 32.90 by qr
expect everything in the books

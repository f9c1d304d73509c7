# The phone has paid, nobody hears of it, and staff look in the provider's own list
shop takes card qr
scan 9520001200014
tap "Pay"
tap "QR payment"
wait 2 s
provider away
phone pays
wait 2 min
expect screen 13-checking-bank
staff pin 2468
staff settle honestly
wait 2 s
expect screen 14a-receipt-choice
provider back
wait 2 min
expect phones paid 32.90
expect sales 1
expect everything in the books

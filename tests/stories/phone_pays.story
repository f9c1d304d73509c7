# Paid with a phone: the code on the screen is read, the provider says paid, and only then is it a sale
shop takes card qr
scan 9520001200014
tap "Pay"
tap "QR payment"
wait 2 s
expect screen 11d-pay-by-phone
expect text "Scan with your pay app"
wait 40 s
expect screen 11d-pay-by-phone
phone pays
wait 2 s
expect text "Paid"
tap "Print it"
wait 20 s
expect receipt contains "QR"
expect phones paid 32.90
expect store paid 32.90 by qr
expect everything in the books

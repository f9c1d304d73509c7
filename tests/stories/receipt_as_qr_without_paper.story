# No paper, but the shop keeps receipts where a phone can open them.
shop keeps receipts at https://kvitto.example
paper out
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 18c-paper-out
tap "Show a QR code"
expect screen 14b-receipt-qr
tap "Done"
wait 20 s
expect screen 01-welcome
expect receipts 0
expect everything in the books

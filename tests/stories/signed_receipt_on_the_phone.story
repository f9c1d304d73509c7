# The shop has no page for receipts but a key: the code is the receipt, and needs neither paper nor store.
shop signs receipts
paper out
network down
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 18c-paper-out
tap "Show a QR code"
expect screen 14b-receipt-qr
expect a signed receipt of 32.90 with 1 lines
power cut
start
expect screen 14b-receipt-qr
expect a signed receipt of 32.90 with 1 lines
tap "Done"
wait 20 s
expect screen 01-welcome

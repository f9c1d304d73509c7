# The shopper cancels in the moment in which the phone has paid: it is paid, once
shop takes card qr
scan 9520001200014
tap "Pay"
tap "QR payment"
wait 2 s
phone pays
tap "Pay another way"
wait 3 s
expect text "Paid"
tap "No receipt"
wait 20 s
expect phones paid 32.90
expect store paid 32.90 by qr
expect everything in the books

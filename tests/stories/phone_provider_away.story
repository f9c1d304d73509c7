# The payment service is away before anything was ordered: another way is open, and the key says why
shop takes card qr
scan 9520001200014
tap "Pay"
provider away
tap "QR payment"
wait 20 s
expect text "The service does not answer"
tap "Pay another way"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
provider back
wait 30 s
expect phones paid 0.00
expect everything in the books

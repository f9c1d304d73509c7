# The bank of the phone says no: nothing is charged, and a card pays
shop takes card qr
scan 9520001200014
tap "Pay"
tap "QR payment"
wait 2 s
phone declines
wait 2 s
expect screen 12-declined
expect text "The phone didn’t pay"
tap "Try again"
wait 2 s
expect screen 11d-pay-by-phone
tap "Pay another way"
wait 3 s
expect text "Payment cancelled"
tap "Pay another way"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect phones paid 0.00
expect store paid 32.90 by card
expect everything in the books

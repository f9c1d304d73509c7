# A gift card pays a part and the phone the rest; taken back, the phone's payment is given back by the provider
shop takes qr gift_card card
the store issues gift card KG-1000001 of 10.00
scan 9520001200014
tap "Pay"
tap "QR payment"
wait 2 s
phone pays
wait 2 s
expect text "Paid"
tap "No receipt"
wait 2 min
scan 9520001200014
tap "Pay"
scan KG-1000001
wait 1 s
expect left to pay 22.90
tap "Pay the rest"
tap "QR payment"
wait 2 s
phone pays
wait 2 s
expect text "Paid"
tap "No receipt"
wait 20 s
expect phones paid 55.80
expect store paid 55.80 by qr
expect store paid 10.00 by gift_card
expect everything in the books

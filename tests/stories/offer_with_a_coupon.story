# A coupon takes 10.00 off a basket of 50.00 or more. It may be scanned before or after; the same one counts once.
offer ten kind=coupon items=all amount_minor=1000 whole=yes spend_minor=5000 coupon=KC-TEN* name="10 off"
wait 3 s
scan 9520001310027
scan KC-TEN-0001
expect banner "Coupon added"
expect due 24.90
scan 9520001200014
expect due 47.80
scan KC-TEN-0001
expect banner "in your basket already"
expect due 47.80
tap "Pay"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 1 s
tap "Print it"
wait 3 s
wait 20 s
expect everything in the books

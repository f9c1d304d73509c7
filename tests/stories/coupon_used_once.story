# A coupon with a number of its own takes 10.00 off, once: the store keeps it for this basket, and the sale uses it up.
offer ten kind=coupon items=all amount_minor=1000 whole=yes coupon=KC-TEN* once=yes name="10 off"
the store issues coupon KC-TEN-0001 for ten
wait 3 s
scan 9520001200014
scan KC-TEN-0001
expect banner "Coupon added"
expect due 22.90
expect coupon KC-TEN-0001 taken for ten
scan KC-TEN-0001
expect banner "in your basket already"
expect due 22.90
tap "Pay"
tap card
wait 5 s
tap "Print it"
wait 20 s
expect store total 22.90
expect coupon KC-TEN-0001 used 1 times

# The next shopper has found it on the floor
scan 9520001200014
scan KC-TEN-0001
expect banner "used already"
expect due 32.90
scan KC-TEN-9999
expect banner "can’t use this coupon"
expect everything in the books

# This shop takes coupons of up to 15.00 a basket while its store is away; the store finds out afterwards.
shop trusts coupons up to 15.00 while the store is away
offer ten kind=coupon items=all amount_minor=1000 whole=yes coupon=KC-TEN* once=yes name="10 off"
offer half kind=coupon items=all percent=50 whole=yes coupon=KC-HALF* once=yes name="Half price"
offer five kind=coupon items=all amount_minor=500 whole=yes coupon=KC-FIVE* once=yes offline=refuse name="5 off"
the store issues coupon KC-TEN-0001 for ten
the store issues coupon KC-TEN-0002 for ten
the store issues coupon KC-HALF-0001 for half
wait 3 s
another checkout has KC-TEN-0001 for ten in its basket
network down
scan 9520001200014
scan KC-TEN-0001
expect banner "Coupon added"
expect due 22.90

# One more would be 20.00, half of everything is nobody knows how much, and this one is never taken on trust
scan KC-TEN-0002
expect banner "can’t check this coupon"
scan KC-HALF-0001
expect banner "can’t check this coupon"
scan KC-FIVE-0001
expect banner "can’t check this coupon"
expect due 22.90
tap "Pay"
tap card
wait 5 s
tap "Print it"
wait 20 s
network up
wait 10 s
expect store total 22.90
expect coupon KC-TEN-0001 used 1 times
expect report coupon.unchecked says code KC-TEN-0001

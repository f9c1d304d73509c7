# The same coupon on two checkouts at once: it counts on the one that asked first, and the other is told so.
offer ten kind=coupon items=all amount_minor=1000 whole=yes coupon=KC-TEN* once=yes name="10 off"
the store issues coupon KC-TEN-0001 for ten
wait 3 s
another checkout has KC-TEN-0001 for ten in its basket
scan 9520001200014
scan KC-TEN-0001
expect banner "used at another checkout"
expect due 32.90

# The other way round: one that this basket has is nobody else's
the store issues coupon KC-TEN-0002 for ten
scan KC-TEN-0002
expect due 22.90
expect coupon KC-TEN-0002 taken for ten

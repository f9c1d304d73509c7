# A coupon that was kept for a basket is free again when the shopper stops, and when it has saved nothing.
offer ten kind=coupon items=all amount_minor=1000 whole=yes spend_minor=5000 coupon=KC-TEN* once=yes name="10 off 50"
the store issues coupon KC-TEN-0001 for ten
wait 3 s
scan 9520001200014
scan KC-TEN-0001
expect banner "Coupon added"
wait 92 s
expect screen 17-still-there
tap "Stop shopping"
tap "Yes, stop"
wait 3 s
expect screen 01-welcome
expect coupon KC-TEN-0001 free for ten

# Too little for it: the coupon goes home with the shopper
the store issues coupon KC-TEN-0002 for ten
scan 9520001200014
scan KC-TEN-0002
expect due 32.90
tap "Pay"
tap card
wait 5 s
expect store total 32.90
expect coupon KC-TEN-0002 used 0 times
expect coupon KC-TEN-0002 free for ten

# The power fails while a coupon is in the basket: it is still there, still kept, and is used once.
offer ten kind=coupon items=all amount_minor=1000 whole=yes coupon=KC-TEN* once=yes name="10 off"
the store issues coupon KC-TEN-0001 for ten
wait 3 s
scan 9520001200014
scan KC-TEN-0001
expect due 22.90
power cut
start
wait 5 s
expect due 22.90
expect coupon KC-TEN-0001 taken for ten
tap "Pay"
tap card
wait 5 s
tap "Print it"
wait 20 s
expect coupon KC-TEN-0001 used 1 times
expect everything in the books

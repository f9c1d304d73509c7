# Member and coupon go with the basket: the coupon counts at the other checkout, and nowhere else.
shop shares baskets
offer ten kind=coupon items=all amount_minor=1000 whole=yes coupon=KC-TEN* once=yes name="10 off"
the store issues coupon KC-TEN-0001 for ten
the store has member m7 called Sam with KM-555
wait 3 s
scan KM-555
wait 1 s
scan 9520001200014
scan KC-TEN-0001
wait 1 s
expect due 22.90
staff pin 1357
tap "Suspend"
wait 3 s
on lane k02 staff pin 1357
on lane k02 tap "Recall basket"
on lane k02 wait 1 s
on lane k02 tap the basket of lane k01
on lane k02 expect due 22.90
on lane k02 expect customer m7
wait 70 s
on lane k02 tap "Pay"
on lane k02 wait 3 s
on lane k02 tap card
on lane k02 wait 3 s
on lane k02 tap "No receipt"
on lane k02 expect coupon KC-TEN-0001 used 1 times
on lane k02 wait 20 s
expect everything in the books

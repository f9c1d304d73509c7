# A lane without a bagging scale looks at baskets out of which much was taken again, or in which much was not known; only two
# an hour, so that staff are not always on their way
shop looks at baskets with more than 1 oddities
scan 9520001200014
scan 9520001400018
tap "Change or remove"
tap "Sparkling water 33 cl"
tap "Remove"
scan 4006381333931
wait 10 s
tap "Pay"
expect staff called for audit
staff pin 1357
tap "Skip"
expect report audit.result says kind risk
expect report audit.result says reason busy
tap "Lock"
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
scan 9520001200014
tap "Pay"
expect staff not called for audit
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect everything in the books

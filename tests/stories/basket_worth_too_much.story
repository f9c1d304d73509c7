# This checkout takes baskets of up to 40 kronor: the shopper hears it kindly at Pay; staff may serve it here all the same.
shop takes card
shop sends baskets above 40.00 to a staffed checkout
scan 9520001200014 2 times
expect locked button "Pay"
staff pin 1357
tap "Serve here"
tap "Card"
wait 3 s
tap card
pin 1234
wait 5 s
perhaps take card
wait 5 s
expect sales 1
perhaps tap "No receipt"
wait 60 s
expect everything in the books

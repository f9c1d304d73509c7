# The other terminal took a part, and the lane's own card pays the rest; a number is used once
shop takes card external
scan 9520001200014
tap "Pay"
tap "Card, with staff"
staff pin 1357
key 2000
tap "This amount"
key 123456
tap "It is paid"
wait 1 s
expect left to pay 12.90
tap "Card, with staff"
tap "Staff"
tap "Other card terminal"
tap "All of it: 12.90 kr"
key 123456
tap "It is paid"
expect banner "This number cannot be right"
tap "Back"
tap "Menu"
tap "To shopper"
tap "Pay another way"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect store paid 20.00 by external
expect store paid 12.90 by card
expect everything in the books

# Training begins between two shoppers, by somebody who may: a cashier needs a second person. The day is out of its reach
scan 9520001200014
staff pin 1357
tap "Training"
expect banner "Only between two shoppers"
tap "Lock"
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 30 s
staff pin 1357
tap "Training"
staff pin again 2468
expect text "End training"
tap "Open drawer"
expect text "Not in training"
tap "Close the lane"
tap "No reason"
expect text "Not in training"
tap "Menu"
tap "To shopper"
scan 9520001200014
unplug scanner
wait 2 s
plug in scanner
wait 2 s
tap "Staff"
tap "End training"
tap "To shopper"
expect screen 01-welcome
scan 9520001200014
expect lines 1
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect everything in the books

# A basket that was put aside is called back and paid where the cashier stands; self-service again when they leave.
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Back"
staff pin 1357
tap "Suspend"
expect kept baskets 1
tap "Serve here"
tap "Recall basket"
tap the first kept basket
expect screen 02-assisted
expect due 32.90
tap "Cash"
staff take the exact sum
wait 2 s
push the drawer shut
expect served by u2
tap "No receipt"
wait 16 s
expect screen 02-assisted-ready
# Nobody comes for a quarter of an hour: the lane locks itself and is a self-checkout again.
wait 16 min
expect screen 01-welcome
expect light green
expect report assisted.began says by u2
expect everything in the books

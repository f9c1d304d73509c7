# Cancel on the screen, then on the terminal itself; the basket stays, nothing is charged.
scan 9520001200014
tap "Pay"
wait 3 s
tap "Cancel payment"
wait 3 s
expect screen 12-declined
expect text "Payment cancelled"
tap "Try again"
wait 3 s
press the red key
wait 3 s
expect screen 12-declined
tap "Pay another way"
expect screen 10-pay-choice
tap "Back"
expect screen 02-scanning
expect lines 1
expect charges 0
scan 9520001400056
expect due 46.80

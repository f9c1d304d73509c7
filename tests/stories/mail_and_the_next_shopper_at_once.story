# An address was typed, and somebody scans while the last shopper is still thanked: nothing of the address is left
shop mails receipts
scan 9520001200014
tap "Pay"
tap card
wait 10 s
type address sam
tap "@example.com"
tap "Send"
wait 1 s
expect screen 15-thank-you
scan 9520001400056
expect screen 02-scanning
wait 2 s
expect nothing of sam@example anywhere on the lane
wait 30 s
expect mails 1

# The receipt by e-mail
# The store sends it; the address is shown back once, is deleted then, and was never written down on the lane.
shop speaks en sv
shop mails receipts
scan 9520001200014
tap "Pay"
tap card
wait 10 s
type address sam
expect locked button "Send"
tap "@example.com"
expect text "sam@example.com"
tap "Send"
wait 1 s
expect screen 15-thank-you
expect text "Your receipt is on its way to sam@example.com"
expect receipts 0
wait 30 s
expect mails 1
expect mail to sam@example.com says "32.90"
expect nothing of sam@example anywhere on the lane

# The next shopper takes time to type, and is given it
scan 9520001400056
tap "Pay"
tap card
wait 10 s
type address kim@example.co
wait 40 s
expect screen 14c-receipt-email
tap "Back"
tap "Print it"
wait 1 min
expect mails 1
expect everything in the books

# An address that cannot be one
# It is not sent anywhere, the shopper is told kindly and types on; every other receipt is still there.
shop speaks en sv
shop mails receipts
scan 9520001200014
tap "Pay"
tap card
wait 10 s
type address sam@example
expect locked button "Send"
tap "Send"
expect text "Something is missing in the address."
tap "Clear"
type contact @@example.com
expect locked button "Send"
tap "Back"
tap "No receipt"
wait 1 min
expect mails 0
expect everything in the books

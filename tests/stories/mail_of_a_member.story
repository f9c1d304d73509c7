# A member who always wants it by e-mail
# The store has the address: nothing is asked, and nothing of it is on the lane. While the store is away it is asked.
shop speaks en sv
shop mails receipts
the store has member m7 called Sam with KM-555 and sam@example.com who wants receipts by e-mail
scan KM-555
scan 9520001200014
tap "Pay"
tap card
wait 10 s
expect screen 15-thank-you
expect text "Your receipt comes by e-mail"
wait 30 s
expect mail to sam@example.com says "32.90"
expect nothing of sam@example anywhere on the lane
scan KM-555
scan 9520001200014
tap "Pay"
network down
tap card
wait 10 s
expect screen 14a-receipt-choice
tap "No receipt"
wait 20 s
network up
wait 1 min
expect mails 1
expect everything in the books

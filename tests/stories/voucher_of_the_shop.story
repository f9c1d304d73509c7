# A voucher of the shop pays, and stands on the receipt under its own name
shop takes card gift_card
the store issues voucher KV-3000001 of 100.00
scan 9520001200014
tap "Pay"
scan KV-3000001
wait 2 s
expect screen 14a-receipt-choice
tap "Print it"
wait 5 s
expect receipt contains "Voucher"
expect store paid 32.90 by voucher

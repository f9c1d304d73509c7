# Swedish food bears 6 % until the end of 2027 and 12 % afterwards, by the shop's clock: in London it is still last year. A
# loaf that was scanned in the old year and is paid in the new one is sold in the new one, and so is the whole basket. What
# the shopper pays is what the shelf said.
clock is set to 2027-12-31 23:59:20
scan 9520001200014
wait 10 s
expect due 32.90
clock is set to 2028-01-01 00:00:05
scan 9520001200021
tap "Pay"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 1 s
tap "Print it"
wait 3 s
expect receipt contains "VAT 12 %"
expect receipt lacks "VAT 6 %"
expect receipt contains "2028-01-01 00:00"
wait 20 s
expect store sales 1
expect everything in the books

# Where shelf prices are without tax, it comes on top: the slip says how much more the sum is than its lines, and the
# card, the receipt and the store's books all have the same amount.
shop in us-test
scan 9520001200014      # bread bears no tax here
expect due 32.90
scan 9520001410048      # wine does: 8.25 % of 99.00 is 8.17
expect due 140.07
staff pin 2468
tap "Approve"
tap "To shopper"
expect text "2 items · tax 8.17"
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
expect receipt contains "140.07"
expect receipt contains "8.17"
wait 20 s
expect store total 140.07
expect everything in the books

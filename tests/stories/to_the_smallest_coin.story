# Prices that decimal fractions in a computer cannot hold: every sum is right to the smallest coin, here and in the books.
scan 9520001120039
expect due 18.90
scan 9520001120039
expect due 37.80
scan 9520001200014 3 times
expect due 136.50
scan 9520001300103
expect due 154.40
tap "Pay"
wait 3 s
insert card
wait 3 s
pin 1234
wait 5 s
take card
wait 3 s
tap "Print it"
wait 3 s
expect receipt contains "154,40"
wait 30 s
expect store total 154.40
expect everything in the books

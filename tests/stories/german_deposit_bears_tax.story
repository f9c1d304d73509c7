# In Germany the deposit of a bottle bears the tax of what is in it: 1.00 on a can of water is part of the 7 % that the
# demo catalogue gives it. The store finds the same sums.
shop in de
scan 9520001400018
expect due 12.90
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 3 s
expect receipt contains "12,06"     # 12.90 with its tax taken out, deposit included
wait 20 s
expect store total 12.90
expect everything in the books

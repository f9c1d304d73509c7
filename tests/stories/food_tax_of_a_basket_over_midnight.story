# A basket is set aside on the last evening of March 2026, when Swedish food bears 12 %, and paid in the night of April, when
# it bears 6 %. It is sold on the day on which it is paid: 6 %, at the same price. A power cut in between changes nothing.
clock is set to 2026-03-31 23:50:00
wait 20 s
scan 9520001200014
staff pin 2468
tap "Suspend"
wait 3 s
expect kept baskets 1
power cut
start
clock is set to 2026-04-01 00:10:00
wait 20 s
staff pin 2468
tap "Recall basket"
tap "J94C"
expect due 32.90
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 3 s
expect receipt contains "VAT 6 %"
expect receipt lacks "VAT 12 %"
wait 20 s
expect store total 32.90
expect everything in the books

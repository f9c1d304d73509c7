# Staff take a line out of the basket; a dear one needs a supervisor. A suspended basket keeps what staff changed.
scan 9520001200014
scan 9520001210105 6 times
staff pin 1357
tap "Void a line"
tap "Rye bread, sliced"
tap "Wrong label"
tap "Void this line"
tap "Staff sign-in"
tap "Void a line"
tap "Other"
tap "Void this line"
expect screen 19a-staff-sign-in
staff pin again 8642
expect lines 0
tap "Lock"
scan 9520001200014
staff pin 1357
tap "Discount"
tap "Per cent"
key 5.00
tap "Short date"
tap "Give 5.00 off"
tap "Staff sign-in"
tap "Suspend"
wait 1 s
expect kept baskets 1
tap "Recall basket"
tap "J94C"
expect due 27.90
tap "Staff sign-in"
tap "Lock"
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect noted "53940 -> 0; other; asked by u2" by u3
expect store total 27.90
expect everything in the books

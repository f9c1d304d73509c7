# Meatballs from the counter: the label carries the price, and two portions at the same price are two of them.
scan 2095200145901
expect due 45.90
scan 2095200145901
expect lines 1
expect items 2
expect due 91.80
scan 2095200100009
expect banner "This item must be weighed"
type 2095200145908
expect banner "We can’t find 2095200145908"
expect due 91.80
scan label (01)09520001220012(3922)4250
expect due 134.30
scan label (01)09520001220012(3922)0
expect banner "This label has no price"
scan label (01)09520001220012(3920)9999999
expect banner "We don’t know this barcode"
expect due 134.30
tap "Pay"
tap card
wait 5 s
pin 1234
wait 5 s
tap "Print it"
wait 1 min
expect store total 134.30
expect everything in the books

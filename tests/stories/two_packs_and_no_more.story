# Two packs of painkillers together and no more, of whatever brand: a third is refused until one is given back.
shop sells 2 together of care/medicine
scan 9520001510076
tap "Keep scanning"
scan 9520001510083
scan 9520001510076
expect banner "We can sell 2 of these together"
expect lines 2
tap "Keep scanning"
scan 9520001200014
expect lines 3
tap "Keep scanning"
tap "Change or remove"
tap "Ibuprofen 400 mg, 20"
tap "Remove"
expect lines 2
staff pin 1357
tap "Approve"
tap "Lock"
scan 9520001510083
expect lines 3
tap "Pay"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 60 s
expect store total 107.70
expect everything in the books

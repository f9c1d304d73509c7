# What does it cost? Looked at without buying, as often as one likes; and bought after all.
shop has a scale
tap "Start"
tap "Type a code"
tap "Check a price"
expect screen 04d-price-check
expect locked button "Add it"
expect locked button "Pay"
scan 9520001200014
expect text "32.90"
expect lines 0
scan label (01)09520001220012(17)261124(10)L2612
expect text "34.95"
scan 2395200104121
expect text "49.03"
scan 4006381333931
expect banner "We don’t know this barcode"
expect lines 0
scan 9520001400056
expect text "13.90"
tap "Add it"
expect screen 02-scanning
expect lines 1
expect due 13.90
tap "Type a code"
tap "Check a price"
scan 9520001200014
tap "Back"
expect lines 1
scan 9520001200014
expect lines 2

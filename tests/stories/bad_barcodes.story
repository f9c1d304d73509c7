# Whatever is held before the scanner: told kindly, nothing is added, nothing breaks.
scan 9520001200014
expect no banner
scan an empty label
expect banner "We don’t know this barcode"
scan 9520001200015
expect banner "We don’t know this barcode"
expect sound not-found
scan 4006381333931
expect banner "We don’t know this barcode"
scan the text https://example.com/menu?id=]
expect banner "We don’t know this barcode"
scan garbage
expect lines 1
expect lines 1
scan 10000 characters
expect banner "We don’t know this barcode"
scan 4000 characters
expect banner "We don’t know this barcode"
scan control characters
expect banner "We don’t know this barcode"
scan the text ]
scan the text ]Y
scan the text ]YK
expect lines 1
expect due 32.90
scan together 9520001200014 9520001400056
expect lines 2
expect items 3

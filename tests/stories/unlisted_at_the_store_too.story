# Nobody knows this barcode, not even the store: the shopper hears it as ever, and the store is not asked again.
the store is slow
scan 4006381333931
expect banner "We’re looking this one up"
the store catches up
expect banner "We don’t know this barcode"
the store is slow
scan 4006381333931
expect banner "We don’t know this barcode"
type 4006381333931
expect text "We can’t find 4006381333931"
tap "Back"

# Something that is no product is not looked up at all
scan the text hello there
expect banner "We don’t know this barcode"
expect lines 0

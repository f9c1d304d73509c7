# Loose goods by picture: each kind goes its own way, to the scale or to the question how many.
shop has a scale
tap "Start"
tap "Item without barcode"
expect screen 04a-picker
expect locked button "Page before"
tap "Vegetables"
expect text "17.90 each"
tap "Cucumber"
expect screen 08-quantity
tap "One more"
tap "Save change"
expect items 2
expect due 35.80
tap "Item without barcode"
tap "Fruit"
tap "Grapes"
expect screen 05-weighing
tap "Wrong item"
expect screen 04a-picker
scale 405 g
expect text "on the scale"
tap "Bananas"
expect button "Add bananas"
tap "Add bananas"
expect screen 02-scanning
expect due 45.76
scale 0 g
tap "Item without barcode"
expect text "Bananas"
tap "Everything A–Z"
tap "Next page"
tap "Next page"
expect locked button "Next page"
tap "Back"
expect screen 02-scanning
tap "Pay"
tap card
wait 5 s
tap "No receipt"
wait 1 min
expect store total 45.76
expect stock 4062 -2
expect everything in the books

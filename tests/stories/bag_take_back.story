# What leaves the basket leaves the shelf; or comes back with one touch.
shop has a bagging scale
scan 9520001200014
bag 512 g
scan 9520001310010
bag 205 g
tap "Change or remove"
tap "Milk chocolate 200 g"
tap "Remove"
expect screen 06c-bag-takeback
expect text "Milk chocolate 200 g"
expect locked button "Pay"
tap "I’ve moved it"
expect sound not-found
expect screen 06c-bag-takeback
take 205 g off the shelf
expect screen 02-scanning
expect button "Pay"
tap "Change or remove"
tap "Rye bread, sliced"
tap "Remove"
expect screen 06c-bag-takeback
tap "Add it back"
expect lines 1
expect due 32.90
expect button "Pay"
expect everything in the books

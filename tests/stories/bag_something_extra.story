# Something that nobody scanned lies on the shelf: lift it and scan it, and all is well.
shop has a bagging scale
scan 9520001200014
bag 512 g
bag 350 g
wait 2 s
expect screen 06b-bag-unexpected
expect locked button "Pay"
scan 9520001400018
expect screen 02-scanning
expect button "Pay"
expect lines 2
expect everything in the books

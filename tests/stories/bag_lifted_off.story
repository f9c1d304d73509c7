# A thing that is lifted off before it is paid should come back; an emptied shelf calls staff within two seconds.
shop has a bagging scale
scan 9520001200014
bag 512 g
scan 9520001210013
bag 1046 g
take 1046 g off the shelf
wait 2 s
expect screen 06a-bag-return
expect text "Please put it back on the shelf"
expect staff not called for bag
bag 1046 g
expect screen 02-scanning
empty the shelf
wait 1900 ms
expect staff called for bag
expect light amber
staff pin 2468
expect text "Everything was taken off before it was paid"
tap "Accept this weight"
tap "To shopper"
expect screen 02-scanning
expect everything in the books

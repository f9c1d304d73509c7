# Nobody solves it: after half a minute staff come, read why, and accept the weight. It stands in the sale.
shop has a bagging scale
scan 9520001200014
bag 512 g
bag 250 g
wait 2 s
expect screen 06b-bag-unexpected
expect light none
wait 29 s
expect staff called for bag
expect light amber
staff pin 2468
expect text "250 g too much"
tap "Accept this weight"
tap "To shopper"
expect staff not called for bag
expect screen 02-scanning
expect button "Pay"
tap "Pay"
wait 3 s
tap card
wait 8 s
take card
wait 60 s
expect the last sale says bag was settled: "extra +250 g by u1"
expect everything in the books

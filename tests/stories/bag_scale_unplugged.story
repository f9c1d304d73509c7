# A lane whose bagging scale is away sells on, and begins anew with what lies there when it is back.
shop has a bagging scale
scan 9520001200014
wait 5 s
expect screen 06a-bag-place
unplug the bagging scale
expect screen 02-scanning
expect staff called for device
expect button "Pay"
bag 512 g
plug in the bagging scale
wait 5 s
expect screen 02-scanning
expect staff not called for device
scan 9520001210013
bag 1046 g
expect button "Pay"
expect everything in the books

# Wind that comes and goes, a hand, a scale that drifts: nobody is stopped for that. A weight that never rests is.
shop has a bagging scale
scan 9520001200014
bag 512 g
a gust of 40 g shakes the shelf for 500 ms
wait 2 s
expect screen 02-scanning
the scale drifts 5 g
wait 10 s
the scale drifts 5 g
wait 10 s
the scale drifts -5 g
wait 10 s
expect screen 02-scanning
expect button "Pay"
scan 9520001210013
the shelf swings
bag 1050 g
wait 5 s
expect screen 06a-bag-place
the shelf is still
expect screen 02-scanning
expect button "Pay"
expect everything in the books

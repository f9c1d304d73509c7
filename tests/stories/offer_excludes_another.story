# Two offers on the same coffee that are not used together: a fifth off each one, or 30.00 off two. The shopper gets the
# one with which more is saved, whatever is in the basket.
offer fifth kind=percent items=9520001300011 percent=20 name="20 % off coffee"
offer pair kind=mix_and_match items=9520001300011 need=2 price_minor=9980 excludes=fifth name="2 coffee 99.80"
wait 3 s
scan 9520001300011
expect due 51.92
scan 9520001300011
expect due 99.80
scan 9520001300011
expect due 155.76
tap "Pay"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 1 s
tap "Print it"
wait 3 s
expect receipt contains "20 % off coffee"
expect receipt lacks "2 coffee"
wait 20 s
expect store total 155.76
expect everything in the books

# Two offers want the same chocolate: half price on one, three for two on all. The shopper gets the better of both.
offer half kind=percent items=9520001310027 percent=50 limit=1 name="One at half price"
offer choco3 kind=multibuy items=9520001310027 need=3 pay=2
wait 3 s
scan 9520001310027
expect due 12.45
scan 9520001310027 2 times
expect due 49.80
scan 9520001310027
expect due 62.25
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
wait 20 s
expect everything in the books

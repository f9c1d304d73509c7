# After a power cut in the middle the basket costs what it did, without asking the price book.
offer choco3 kind=multibuy items=9520001310027 need=3 pay=2
wait 3 s
scan 9520001310027 3 times
expect due 49.80
power cut
offer choco3 ends
start
wait 3 s
expect due 49.80
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

# Ten kronor off each coffee, two of them at most.
offer ten kind=amount items=9520001300011 amount_minor=1000 limit=2 name="10.00 off"
wait 3 s
scan 9520001300011
expect due 54.90
scan 9520001300011
expect due 109.80
scan 9520001300011
expect due 174.70
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
expect receipt contains "10.00 off"
wait 20 s
expect store total 174.70
expect everything in the books

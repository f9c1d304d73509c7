# Take any three of chocolate and coffee, and the cheapest of each three is free. A fourth thing is paid, until it makes a
# bundle with two more. What is free is shared over the three by their prices, so that each can be brought back.
offer three kind=mix_and_match items="9520001310027|9520001300011" need=3 pay=2 name="Cheapest one free"
wait 3 s
scan 9520001300011 2 times
expect due 129.80
scan 9520001310027
expect due 129.80
expect text "You save"
scan 9520001310027
expect due 154.70
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
expect receipt contains "Cheapest one free"
expect receipt contains "-20.89"
expect receipt contains "-4.01"
wait 20 s
expect store total 154.70
expect everything in the books

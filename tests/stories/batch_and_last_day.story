# Minced beef with a batch and a last day on its label: recalled, too old, short of time, and just right.
scan label (01)09520001220012(17)261230(10)L2611
expect banner "This batch has been called back"
expect sound not-found
scan label (01)09520001220012(17)261123(10)L2612
expect banner "past its date"
scan label (01)09520001220012(15)261123(10)L2612
expect banner "past its best"
expect lines 0
scan label (01)09520001220012(17)261124(10)L2612
expect due 34.95
expect text "short date"
scan label (01)09520001220012(17)261127(10)L2612
expect due 90.87
scan label (01)09520001220012(17)261128(10)L2612
expect due 160.77
scan label (01)09520001220012(17)261131(10)L2612
expect due 230.67
expect lines 3
expect items 4
scan 9520001220012
expect due 300.57
tap "Pay"
tap card
wait 5 s
pin 1234
wait 5 s
tap "Print it"
wait 1 min
expect store total 300.57
expect everything in the books

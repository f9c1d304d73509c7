# The power goes before staff have keyed it: nothing is taken, they are called again; after they keyed it, it is paid
shop takes card external
scan 9520001200014
tap "Pay"
tap "Card, with staff"
power cut
start
wait 2 s
expect screen 11c-terminal-wait
staff pin 1357
tap "All of it: 32.90 kr"
key 777777
tap "It is paid"
power cut
start
wait 5 s
expect store paid 32.90 by external
perhaps tap "No receipt"
wait 20 s
expect everything in the books

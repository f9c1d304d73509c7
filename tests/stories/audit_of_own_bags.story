# A shopper brings two bags and leaves a loaf out of them. Nothing is wrong with any of it; together it is more than the shop
# lets pass, so a colleague takes a quick look before it is paid. The power may go, the basket remembers
shop has a bagging scale
shop looks at baskets with more than 2 oddities
scan 9520001200014
bag 512 g
bag 400 g
wait 2 s
tap "It’s my own bag"
bag 300 g
wait 2 s
tap "It’s my own bag"
scan 9520001200014
wait 5 s
tap "I don’t want to bag this"
expect screen 02-scanning
power cut
wait 5 s
start
wait 3 s
tap "Pay"
expect banner "A colleague takes a quick look"
expect staff called for audit
staff pin 1357
tap "Begin"
tap "Begin"
scan 9520001200014
scan 9520001200014
expect report audit.result says kind risk
expect report audit.result says result passed
tap "Pay"
wait 3 s
tap card
wait 3 s
pin 1234
wait 5 s
tap "No receipt"
wait 20 s
expect everything in the books

# A basket that was set aside at one checkout is brought back, with its prices, and paid at another.
shop shares baskets
scan 9520001200014
staff pin 1357
tap "Suspend"
wait 3 s
expect kept baskets 1
expect the store keeps 1 baskets
tap "Lock"
# A new price does not reach what was scanned before.
price 9520001200014 99.00
on lane k02 staff pin 2468
on lane k02 tap "Recall basket"
on lane k02 wait 1 s
on lane k02 tap the basket of lane k01
on lane k02 expect due 32.90
on lane k02 tap "Pay"
on lane k02 wait 3 s
on lane k02 tap card
on lane k02 wait 3 s
on lane k02 tap "No receipt"
expect report basket.recalled says till k01
# Within a minute the first checkout has heard of it, and nobody is called there any more.
wait 70 s
expect kept baskets 0
expect the store keeps 0 baskets
expect staff not called for recall
expect store sales 1
expect store voids 0
expect everything in the books
on lane k02 expect everything in the books

# The power goes at the checkout that gave a basket away, and at the one that has it: it is there once, and is paid once.
shop shares baskets
scan 9520001200014
staff pin 1357
tap "Suspend"
power cut
wait 5 s
start
wait 5 s
expect kept baskets 1
expect the store keeps 1 baskets
power cut
on lane k02 staff pin 2468
on lane k02 tap "Recall basket"
on lane k02 wait 1 s
on lane k02 tap the basket of lane k01
on lane k02 expect due 32.90
# The checkout that set it aside is dark, and the basket is paid all the same.
on lane k02 power cut
on lane k02 wait 2 s
on lane k02 start
on lane k02 wait 5 s
on lane k02 expect due 32.90
on lane k02 tap "Pay"
on lane k02 wait 3 s
on lane k02 tap card
on lane k02 wait 3 s
on lane k02 tap "No receipt"
start
wait 5 s
expect kept baskets 0
expect store sales 1
expect store voids 0
expect everything in the books

# What is set aside while the store is away stays at its checkout and comes back there. The others do not have it.
shop shares baskets
on lane k02 wait 1 s
network down
scan 9520001200014
staff pin 1357
tap "Suspend"
wait 3 s
expect the store keeps 0 baskets
on lane k02 staff pin 2468
on lane k02 scan the slip of lane k01
on lane k02 wait 1 s
on lane k02 expect banner "find this basket"
on lane k02 expect lines 0
tap "Recall basket"
tap the first kept basket
expect due 32.90
# Set aside again, it goes to the store as soon as that answers. Then the checkout alone cannot bring it back.
tap "Staff"
tap "Suspend"
network up
wait 2 min
expect the store keeps 1 baskets
network down
staff pin 1357
tap "Recall basket"
tap the first kept basket
wait 1 s
expect banner "does not answer"
expect lines 0
network up
wait 5 s
tap the first kept basket
wait 1 s
expect due 32.90
expect the store keeps 0 baskets

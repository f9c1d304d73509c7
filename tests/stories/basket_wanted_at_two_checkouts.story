# Two checkouts want the same basket: one has it, and the other hears where it is. So does the one that set it aside.
shop shares baskets
scan 9520001200014
staff pin 1357
tap "Suspend"
wait 3 s
on lane k02 staff pin 2468
on lane k02 tap "Recall basket"
on lane k02 wait 1 s
on lane k03 staff pin 8642
on lane k03 tap "Recall basket"
on lane k03 wait 1 s
on lane k03 tap the basket of lane k01
on lane k03 expect due 32.90
on lane k02 tap the basket of lane k01
on lane k02 expect banner "at checkout k03 already"
on lane k02 expect lines 0
tap "Recall basket"
wait 1 s
expect kept baskets 0
on lane k03 tap "Pay"
on lane k03 wait 3 s
on lane k03 tap card
on lane k03 wait 3 s
on lane k03 tap "No receipt"
wait 20 s
expect store sales 1
expect everything in the books

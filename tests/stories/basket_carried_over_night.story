# This shop keeps its baskets over night, and one comes back on the new day.
shop shares baskets
clock is set to 2026-11-24 22:00:00
scan 9520001200014
staff pin 2468
tap "Suspend"
wait 3 s
staff close the day
wait 5 s
expect report day.closed says carried_over 1
expect kept baskets 1
on lane k02 staff pin 2468
on lane k02 tap "Recall basket"
on lane k02 wait 1 s
on lane k02 tap the basket of lane k01
on lane k02 expect due 32.90

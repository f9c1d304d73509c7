# This shop keeps no basket over night: with the day every basket that was set aside is voided, here and at the store.
shop shares baskets and keeps none over night
clock is set to 2026-11-24 22:00:00
scan 9520001200014
staff pin 2468
tap "Suspend"
wait 3 s
expect the store keeps 1 baskets
staff close the day
wait 5 s
expect kept baskets 0
expect the store keeps 0 baskets
expect voids 1
expect everything in the books

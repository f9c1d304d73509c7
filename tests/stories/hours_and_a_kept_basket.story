# A basket is put aside before eight and comes back after: nobody knows where its wine was meanwhile, so it is not sold.
shop in no
clock is set to 2026-11-24 19:58:00
scan 9520001200014
scan 9520001410048
staff pin 2468
tap "Approve"
tap "Suspend"
expect kept baskets 1
clock is set to 2026-11-24 20:05:00
tap "Recall basket"
tap the first kept basket
expect lines 1
expect banner "The selling hours of Red wine 75 cl are over."
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 1 min
expect store sales 1
expect everything in the books

# Coins into the machine, just enough: nobody need come, and nothing comes back.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
expect screen 10-pay-choice
expect the cash machine is shut
tap "Cash"
wait 2 s
expect screen 11f-cash-machine
expect text "33.00"                  # 32.90, in the coins that there are
expect the cash machine takes money
expect staff not called for cash
insert 20 note
expect text "13.00"
insert 10 coin
insert 2 coin
insert 1 coin
wait 2 s
expect screen 14a-receipt-choice
expect the cash machine is shut
tap "Print it"
wait 10 s
expect receipt contains "Cash rounding"
take the money from the machine 0.00
expect 33.00 more in the cash machine
expect drawer opened 0 times
expect store paid 33.00 by cash
expect everything in the books

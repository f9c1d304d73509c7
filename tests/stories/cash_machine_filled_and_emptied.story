# The machine's day: change comes in, the box goes out, and what it has too little is on the report.
shop takes card cash
shop has a cash machine
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 500 note
wait 8 s
take the money from the machine 467.00
tap "No receipt"
wait 20 s
staff put 10 coins of 5 into the cash machine
staff pin 2468
staff at the cash machine key 50.00 "Change put in"
wait 2 s
expect report cash_machine.moved says amount_minor 5000
tap "Staff"
staff take the box of the cash machine out with 500.00
staff at the cash machine key 480.00 "Box taken out, counted"
wait 1 s
expect report cash_machine.box_counted says expected_minor 50000
expect report cash_machine.box_counted says difference_minor -2000
tap "Staff"
staff close the day
wait 10 s
expect receipt contains "I automaten"
expect receipt contains "-480,00"
expect report day.closed says machine_difference_minor -2000
expect report day.closed says machine_float_minor 5000
expect everything in the books

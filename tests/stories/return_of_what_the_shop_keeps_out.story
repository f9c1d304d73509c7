# Some goods do not come back; a manager may say otherwise.
shop takes card cash
shop does not take back bread & buns
shop keeps a copy of every return
scan 9520001200014
tap "Pay"
tap "Cash"
staff pin 2468
staff take the exact sum
push the drawer shut
tap "Print it"
wait 2 min
staff take goods back with pin 2468
type receipt 1
touch the line of "Rye bread, sliced"
tap "Defective"
expect screen 19a-staff-sign-in
staff pin again 8642
pay back
wait 1 s
expect returns 1
expect receipt contains "Name and signature"
push the drawer shut
expect everything in the books

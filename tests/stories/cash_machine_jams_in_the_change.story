# The machine jams while it pays the change: its counters say how much came, and staff pay the rest. Nothing twice.
shop takes card cash
shop has a cash machine
the cash machine jams after 50.00
scan 9520001200014
tap "Pay"
tap "Cash"
wait 2 s
insert 100 note
wait 5 s
expect banner "The cash machine has stopped."
expect staff called for payback
take the money from the machine 50.00
staff pin 2468
expect text "Give back 17.00"
expect text "The machine paid 50.00"
tap "Open drawer and give it back"
wait 1 s
expect drawer opened 1 times
push the drawer shut
expect staff not called for payback
expect report cash.dispense_failed says owed_minor 1700
expect report cash.returned says amount_minor 1700
expect 50.00 more in the cash machine
tap "Lock"
tap "No receipt"
wait 30 s
expect store paid 33.00 by cash
expect everything in the books

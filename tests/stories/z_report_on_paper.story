# A day is closed by hand: its Z comes out of the printer with every line that the law asks for. A second one is a copy, and
# an X of the new day begins with what was left in the drawer.
shop takes card cash
staff pin 2468
staff move cash 500.00 "Float in"
push the drawer shut
wait 70 s
scan 9520001200014
scan 9520001400056
tap "Change or remove"
tap "Cola 33 cl"
tap "Remove"
tap "Pay"
tap "Cash"
staff pin 2468
staff take cash 50.00
push the drawer shut
wait 3 min
staff pin 2468
tap "X report"
tap "Print"
wait 3 s
expect receipt contains "X-rapport"
expect receipt contains "Total försäljning"
tap "Close the day…"
tap "Close the day"
wait 5 s
expect receipt contains "Z-rapport 1"
expect receipt contains "u1"
expect receipt contains "Antal lådöppningar"
expect receipt contains "Borttagna rader (1)"
expect receipt contains "Grand total försäljning"
tap "Staff"
tap "X report"
tap "Print the last Z"
wait 3 s
expect receipt contains "KOPIA"
expect receipt contains "Z-rapport 1"
tap "Print"
wait 3 s
expect receipt contains "533,00"
wait 30 s
expect report day.closed says drawer_openings 2
expect report day.closed says lines_removed 1
expect report day.closed says grand_sales_minor 3290
expect report day.printed says kind x
expect everything in the books

# A card on a terminal that staff bring: they charge it, key in what it says, and that number is in the books
shop takes card external
scan 9520001200014
tap "Pay"
tap "Card, with staff"
expect screen 11c-terminal-wait
staff pin 1357
expect screen 19e-staff-external
tap "All of it: 32.90 kr"
key A4021Z
tap "It is paid"
wait 2 s
expect text "Paid"
tap "Print it"
wait 20 s
expect store paid 32.90 by external
expect report external.taken says reference A4021Z
expect everything in the books

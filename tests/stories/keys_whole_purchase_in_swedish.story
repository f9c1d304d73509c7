# A whole purchase in Swedish with the keypad alone: a typed member number, bananas by picture, a line taken out, a card.
shop has a scale
the store has member m7 called Sam with 0701234567
expect screen 01-welcome
press down
find "Svenska" by keys
press ok
expect screen 01-welcome
find "Starta" by keys
press ok
expect screen 03-empty-basket
# Pay is in its place and says why it waits, as soon as the ring is there. The note goes with the ring.
find "Betala" by keys
expect banner "Skanna något först."
press right
expect no banner

# The member's number, by the keypad's own digits
find "Medlemskort" by keys
press ok
expect screen 09-member-number
press 0
press 7
press 0
press 1
press 2
press 3
press 4
press 5
press 6
press 7
find "OK" by keys
press ok
expect screen 09-member
expect customer m7

# Bananas by picture: the focus begins at the pictures, and on the scale's page at the main answer.
find "Vara utan streckkod" by keys
press ok
expect screen 04a-picker
find "Frukt" by keys
press ok
find "Bananer" by keys
press ok
expect screen 05-weighing
scale 845 g
expect the ring on "Lägg till bananer"
press ok
expect screen 02-scanning
expect due 20.92
scale 0 g

# Two more, and one of them out again
scan 9520001200014
expect the ring on "Betala"
scan 9520001400056
expect items 3
find "Ändra eller ta bort" by keys
press ok
expect screen 02-choose-line
expect the ring on "Cola 33 cl"
press ok
expect screen 08-quantity
find "Ta bort" by keys
press ok
expect screen 02-scanning
expect lines 2
expect due 53.82
# The next line has the ring now. A sheet that closes gives it back to where it was opened.
expect the ring on "Rågbröd, skivat"
find "Tillgänglighet" by keys
press ok
expect screen 20a-accessibility
press back
expect the ring on "Tillgänglighet"

find "Betala" by keys
press ok
wait 3 s
expect screen 11-card-progress
tap card
pin 1234
wait 5 s
expect screen 14a-receipt-choice
expect the ring on "Skriv ut"
press ok
wait 3 s
expect receipt contains "Summa"
expect charges 1
expect screen 15-thank-you
expect the ring on "Klar"
press ok
wait 3 s
expect screen 01-welcome
expect no ring
wait 1 min
expect store total 53.82
expect everything in the books

# Three letters are enough, a slip of the finger is forgiven, and every language of the shop is understood.
shop has a scale
shop speaks sv en
tap "Starta"
search gukra
expect text "1 träff"
expect text "Gurka"
tap "Gurka"
expect screen 08-quantity
tap "Stäng"
expect due 17.90
search morötr
expect text "Morötter"
tap "Rensa"
expect no button "Morötter"
tap "Tillbaka"
tap "Tillbaka"
search onion
expect text "Gul lök"
tap "Klar"
tap "Tillbaka"
search xylofon
expect text "Inget hittades"
tap "Tillbaka"
tap "Tillbaka"
tap "Vara utan streckkod"
tap "Sök på namn eller nummer"
tap "123"
tap "4"
tap "0"
tap "1"
tap "1"
tap "Bananer"
expect screen 05-weighing
scale 205 g
tap "Lägg till bananer"
expect lines 2
expect due 22.88

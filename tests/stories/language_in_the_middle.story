# Another language in the middle of the visit; names and receipt follow, the next shopper finds the shop's own.
scan 9520001200014
tap "English"
tap "Svenska"
expect text "Rågbröd, skivat"
tap "Betala"
wait 3 s
tap card
wait 5 s
tap "Skriv ut"
wait 3 s
expect receipt contains "Rågbröd, skivat"
wait 30 s
expect screen 01-welcome
scan 9520001200014
expect text "Rye bread, sliced"

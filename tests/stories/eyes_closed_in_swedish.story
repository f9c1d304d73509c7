# Ett helt köp med fem knappar och slutna ögon; varje ord står i tests/golden/spoken.
press down
find "Svenska" by keys
press ok
expect screen 01-welcome
hold ok 4 s
expect screen 20a-accessibility
find "Talstöd" by keys
press ok
press back
expect screen 01-welcome
scan 9520001200014
expect the ring on "Betala"
scan 9520001400056
hold back 2 s
find "Ändra eller ta bort" by keys
press ok
press ok
expect screen 08-quantity
find "Ta bort" by keys
press ok
expect screen 02-scanning
expect lines 1
find "Betala" by keys
press ok
wait 3 s
expect screen 11-card-progress
insert card
wait 2 s
pin 1234
wait 4 s
perhaps take card
wait 5 s
expect screen 14a-receipt-choice
find "Skriv ut" by keys
press ok
wait 3 s
expect screen 15-thank-you
press ok
wait 3 s
expect screen 01-welcome
wait 1 min
expect store total 32.90

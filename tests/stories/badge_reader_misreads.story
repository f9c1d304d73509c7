# A reader that reads nonsense lets nobody in, and a badge that is left before it opens the pad once and not again.
shop fits badge_reader
the badge reader reads what is no badge
wait 1 s
expect screen 01-welcome
leave badge "staff-u1" at the reader
expect screen 19a-staff-sign-in
expect text "Anna, type your PIN"
staff pin again 2468
expect screen 19b-staff-menu
tap "Lock"
expect screen 01-welcome
expect everything in the books

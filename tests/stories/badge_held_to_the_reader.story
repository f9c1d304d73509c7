# A badge held to its own reader says who, as a scanned one does; a stranger's card is nobody, and counts as no wrong PIN.
shop fits badge_reader
hold badge "bus ticket 4711" to the reader
expect banner "don’t know this badge"
hold badge "staff-u1" to the reader
expect screen 19a-staff-sign-in
expect text "Anna, type your PIN"
staff pin again 2468
expect screen 19b-staff-menu
tap "Lock"
expect screen 01-welcome
expect everything in the books

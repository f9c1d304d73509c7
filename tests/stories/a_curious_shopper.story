# A curious shopper presses whatever there is, and is answered each time; in the end one loaf is sold.
shop keeps receipts at https://kvitto.example
tap "Accessibility"
expect screen 20a-accessibility
tap "Done"
tap "Svenska"
expect text "första varan"
expect light green
tap "Starta"
expect screen 03-empty-basket
tap "Betala"
expect banner "Skanna något först"
tap "Vara utan streckkod"
expect screen 04a-picker
tap "Frukt"
tap "Bananer"
expect banner "måste vägas"
tap "Tillbaka"
tap "Medlemskort"
expect screen 09-member-number
tap "Tillbaka"
tap "Ändra eller ta bort"
expect banner "inget att ändra"
tap "Skriv en kod"
tap "OK"
expect banner "Skriv ett nummer först"
tap "Tillbaka"
type 9520001200014
expect lines 1
type 4711
expect text "Vi hittar inte 4711"
tap "Svenska"
tap "English"
expect screen 04c-type-code
tap "Back"
tap "Change or remove"
tap "Accessibility"
tap "Back to normal"
tap "Done"
expect screen 02-choose-line
tap "Rye bread, sliced"
tap "One less"
expect banner "One is the least"
tap "One more"
tap "Close"
expect items 1
scan 9520001410048
expect screen 07-age-check
expect light amber
expect sound attention
tap "Rye bread, sliced"
expect screen 08-quantity
tap "Close"
expect screen 07-age-check
tap "Pay"
expect banner "check your age first"
tap "Remove this item"
expect lines 1
tap "Removed. Add it back?"
expect screen 07-age-check
tap "Keep scanning"
staff pin 2468
tap "Recall basket"
expect banner "No basket is kept"
tap "Take cash"
expect banner "Nobody has chosen to pay in cash"
tap "Refuse"
tap "Lock"
expect text "We couldn’t sell this item today"
expect lines 1
tap "Call staff"
expect screen 16-help-coming
expect light amber
wait 61 s
expect text "Sorry for the wait"
tap "I’m fine now"
wait 92 s
expect screen 17-still-there
tap "Stop shopping"
tap "No, go back"
wait 92 s
tap "Give me more time"
wait 300 s
expect screen 02-scanning
paper out
network down
wait 15 s
expect screen 18d-offline-still-selling
tap "Pay"
wait 3 s
expect screen 11-card-progress
tap card
wait 5 s
expect screen 18c-paper-out
tap "Show a QR code"
expect banner "not possible right now"
tap "E-mail it"
expect banner "sends no receipts by e-mail"
network up
wait 15 s
tap "Show a QR code"
expect screen 14b-receipt-qr
tap "Print instead"
expect text "no paper"
tap "Done"
expect screen 15-thank-you
tap "Done"
expect screen 01-welcome
expect everything in the books

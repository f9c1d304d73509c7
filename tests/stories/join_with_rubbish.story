# What is typed is neither a number nor an address
# The way on stays locked and says what is missing; what is touched by mistake can be taken back.
shop speaks en sv
shop takes new members before paying
scan 9520001200014
begin to join with 12345
expect locked button "Next"
tap "Next"
expect banner "Something is missing in this number or address"
type contact 67
expect button "Next"
type contact @
expect locked button "Next"
tap "Clear"
type contact sam@example
expect locked button "Next"
type contact .c
expect locked button "Next"
type contact om
expect button "Next"
tap "Next"
tap "Back"
expect text "sam@example.com"
tap "Delete one letter"
expect text "sam@example.co"
tap "Back"
tap "Back"
expect customer nobody
expect members 0
expect everything in the books

# A shopper who sees badly makes everything large and yellow on black, buys a loaf, and the next shopper finds it normal.
tap "English"
tap "Accessibility"
expect screen 20a-accessibility
tap "Large text"
tap "High contrast"
tap "Done"
expect text "Settings"
scan 9520001200014
expect screen 02-scanning
expect text "More choices"
tap "More choices"
tap "Type a code"
tap "Back"
tap "Pay"
expect screen 11-card-progress
tap card
wait 5 s
expect screen 14a-receipt-choice
tap "No receipt"
expect screen 15-thank-you
tap "Done"
expect screen 01-welcome
expect text "Accessibility"
expect everything in the books

# A Norwegian receipt is headed by the word that the law wants, speaks English to a shopper who does, and bears the signature.
shop in no
shop signs sales
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 3 s
expect receipt contains "Salgskvittering"
expect receipt contains "VAT 15 %"
expect receipt contains "Signature 1"
wait 20 s
expect signed sales 1
expect everything in the books

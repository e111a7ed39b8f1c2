"""What the template says of how it is filled in."""

from __future__ import annotations

OCCASION_HEADING = (
    "Skriv här vilket tillfälle uppgifterna gäller: år, nummer (1, 2 eller 3, bokslutet 4)"
    " och tre dagar, skrivna som ÅÅÅÅ-MM-DD"
)
HINTS = (
    "Fyll i rutorna med ram på varje blad.{0}",
    "Skriv kostnader med minus. Skriv ? där papperen inte ger någon uppgift, och lämna tomt det"
    " som papperen inte tar upp. Skriv ”ca 0,3” för ett ungefärligt belopp.",
    "Netto, avvikelser och summor fylls i som de är tryckta. De används för att kontrollera de"
    " andra beloppen och ersätter dem inte.",
    "Nya verksamheter, projekt och samarbeten läggs till på egna rader under de andra.",
)
LAST_TIME = (
    " Raderna är förra tillfällets. Det som gäller hela året (årets budget, grundbudget, överfört)"
    " och folkmängden står kvar inom ett år, och det som beloppen i en rad är avrundade till:"
    " ändra det som är annat nu."
)
FIRST_TIME = (
    " Programmet har inga uppgifter än: skriv varje verksamhet, projekt och samarbete på egna"
    " rader. Skriv kommuner med sin kod, till exempel 2085 Ludvika."
)

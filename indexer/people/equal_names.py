"""Names that languages write in forms of their own: Ihor and Igor, Bedros and Petros.

A row has two spellings that one person may be found by, the rarer one first. They are only read in
what somebody types: people are never joined by them.
"""

from __future__ import annotations

FIRST_NAMES = (
    ("Aliaksandr", "Aleksandr"),
    ("Andrii", "Andrei"),
    ("Dmytro", "Dmitri"),
    ("Dzmitry", "Dmitri"),
    ("Hryhorii", "Grigori"),
    ("Ihor", "Igor"),
    ("Kateryna", "Ekaterina"),
    ("Kyrylo", "Kirill"),
    ("Mikalai", "Nikolai"),
    ("Mykhailo", "Mikhail"),
    ("Mykola", "Nikolai"),
    ("Mykyta", "Nikita"),
    ("Oleksandr", "Aleksandr"),
    ("Oleksii", "Aleksei"),
    ("Olena", "Elena"),
    ("Olha", "Olga"),
    ("Pavlo", "Pavel"),
    ("Petro", "Pyotr"),
    ("Serhii", "Sergei"),
    ("Siarhei", "Sergei"),
    ("Sviatlana", "Svetlana"),
    ("Uladzimir", "Vladimir"),
    ("Vasyl", "Vasily"),
    ("Viktar", "Viktor"),
    ("Volodymyr", "Vladimir"),
    ("Yevhen", "Yevgeny"),
    ("Yevheniia", "Yevgenia"),
)
"""Ukrainian and Belarusian first names, and the Russian ones that foreign papers print."""

ARMENIAN = (
    ("Akop", "Hakob"),
    ("Ambartsum", "Hambardzum"),
    ("Anahid", "Anahit"),
    ("Antranig", "Andranik"),
    ("Ardashes", "Artashes"),
    ("Arshag", "Arshak"),
    ("Arutyun", "Harutyun"),
    ("Asdghig", "Astghik"),
    ("Bagrad", "Bagrat"),
    ("Bedros", "Petros"),
    ("Boghos", "Poghos"),
    ("Der-Bedros", "Ter-Petros"),
    ("Dikran", "Tigran"),
    ("Dzovinar", "Tsovinar"),
    ("Garabed", "Karapet"),
    ("Giragos", "Kirakos"),
    ("Hagop", "Hakob"),
    ("Hampartsoum", "Hambardzum"),
    ("Kevork", "Gevorg"),
    ("Khachadour", "Khachatur"),
    ("Krikor", "Grigor"),
    ("Mardiros", "Martiros"),
    ("Mesrob", "Mesrop"),
    ("Mgrdich", "Mkrtich"),
    ("Ovanes", "Hovhannes"),
    ("Ovsep", "Hovsep"),
    ("Papken", "Babken"),
    ("Parsegh", "Barsegh"),
    ("Sahag", "Sahak"),
    ("Sarkis", "Sargis"),
    ("Tavit", "Davit"),
    ("Vartan", "Vardan"),
)
"""Beginnings of names as Western Armenian and Russian spell them, and in the spelling of Armenia.
Surnames are made of them: Bedrosian, Petrosyan."""

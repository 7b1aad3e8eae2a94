"""The load generator and what measures a library under load.

Reports are made up from ``sentences.toml``: clauses written for it, filled with labels of the lexicon, places of the
gazetteer, figures, and made-up names. What the program makes of them is meant to be as much as it makes of real reports:

| in the library, of | reference corpus | made up, 1,000 | made up, 10,000 |
|---|---|---|---|
| characters of a passage, mean (p10, p50, p90) | 169 (84, 159, 274) | 173 (87, 165, 272) | 172 (85, 166, 273) |
| passages of a document, mean (p10, p50, p90) | 22.6 (10, 18, 43) | 21.4 (5, 18, 37) | 22.2 (7, 17, 43) |
| headings of a passage, sections a passage | 1.16, 0.38 | 1.40, 0.41 | 1.41, 0.37 |
| claims a passage, characters of a claim (p10, p50, p90) | 2.76, 60 (17, 54, 111) | 2.94, 59 (31, 51, 101) | 2.88, 60 (32, 52, 104) |
| facts a passage | 1.72 | 1.74 | 1.72 |
| mentions of terms, of concepts, a passage | 4.3, 10.2 | 3.7, 11.8 | 3.9, 12.0 |
| terms a passage, of them explained | 1.39, 7.7 % | 1.40, 6.5 % | 0.61, 7.8 % |
| definitions a passage | 1.07 | 1.06 | 0.74 |
| repairs a passage: lines joined, spaces, masks | 0.25, 0.18, 0.07 | 0.28, 0, 0.05 | 0.27, 0.03, 0.04 |
| claims that tell of plans | 19 % | 14 % | 16 % |
"""

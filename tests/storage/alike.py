"""What participants might propose: pairs that say much the same, and pairs that do not."""

# A factor that is there, and a draft (title, HOW) that should be shown it.
SAME = {
    "another ending": (
        ("Korta möten varje vecka", "Vi ses en kvart på måndagar och går igenom veckan."),
        ("Kort möte i veckan", "Hela gruppen stod vid tavlan en kvart."),
    ),
    "other words in HOW": (
        ("Chefen deltar själv i utbildningen", "Enhetschefen gick samma kurs som sin personal."),
        ("Chefer som deltar i utbildningar", "Vår chef satt med hela dagen och ställde frågor."),
    ),
    "another order": (
        ("Testa i liten skala först", "Två klasser provade i fyra veckor innan alla började."),
        ("Först testa i liten skala", "Vi valde ut en avdelning som fick prova."),
    ),
    "a letter too few": (
        ("Återkoppling i vardagen", "Kollegor följer med på lektioner och ger respons."),
        ("Återkopling i vardagen", "Vi besöker varandra och pratar efteråt."),
    ),
    "letters that changed places": (
        ("Tydligt ledarskap från rektor", "Rektor sa nej till tre andra projekt."),
        ("Tydligt ledraskap", "Vår rektor valde bort annat så att vi hann."),
    ),
    "without dots and rings": (
        ("Tid för lärande på schemat", "Onsdagar klockan två är låsta för kollegialt lärande."),
        ("Tid for larande pa schema", "Vi laste en timme i veckan for larande."),
    ),
    "a compound word taken apart": (
        ("Ledarskapsutbildning för mellanchefer", "Sex träffar med handledning mellan."),
        ("Utbildning i ledarskap för mellanchefer", "Vi hade handledning i grupp."),
    ),
    "words put together": (
        ("Möten med brukare varje månad", "Brukare och personal äter frukost ihop."),
        ("Brukarmöten varje månad", "Personal och boende bestämmer dagordningen."),
    ),
    "definite and many": (
        ("Nyckelpersoner i varje arbetslag", "En i laget fick tid att stötta de andra."),
        ("Nyckelpersonerna i arbetslagen", "De hade avsatt tid för stöd."),
    ),
    "in English": (
        ("Leaders take part in the training", "Managers sat through the whole course."),
        ("A leader who takes part in training", "Our manager joined every session."),
    ),
    "in English, with a mistake": (
        ("Small experiments before large projects", "Two wards tried it for four weeks."),
        ("Small experimnets before projects", "One ward tried the tool for a month."),
    ),
    "both languages in one": (
        ("Feedback efter varje sprint", "Teamet har retrospektiv varannan fredag."),
        ("Feedback i varje sprint", "Retro på fredagar där alla säger en sak."),
    ),
    "an obstacle": (
        ("För många digitala system", "Personalen loggade in i elva system varje dag."),
        ("Många olika digitala system", "Vi räknade till nio inloggningar om dagen."),
    ),
    "the same obstacle, other words around it": (
        ("Hög personalomsättning", "Nya chefer kom varje halvår och arbetet började om."),
        ("Personalomsättning bland chefer", "Vi fick en ny chef varje år."),
    ),
    "a longer title": (
        ("Anhöriga med i planeringen", "Anhöriga bjuds in när genomförandeplanen skrivs."),
        ("Bjud in anhöriga tidigt i planeringen av vården", "De är med när planen skrivs."),
    ),
    "the thought in HOW": (
        ("Frukost med IT", "Supporten sitter på avdelningen en morgon i veckan och svarar."),
        ("Support på avdelningen", "IT satt hos oss en morgon i veckan och svarade på frågor."),
    ),
    "a misspelt English word in Swedish": (
        ("Workshop med hela teamet", "En halv dag då alla skrev lappar om vad som hindrar."),
        ("Worskhop med teamet", "Vi skrev lappar om hinder och sorterade."),
    ),
}

# A factor that is there, and a draft that has nothing to do with it, though it may share words.
OTHER = {
    "nothing in common": (
        ("Korta möten varje vecka", "Vi ses en kvart på måndagar."),
        ("Anhöriga med i planeringen", "De bjuds in när planen skrivs."),
    ),
    "every week": (
        ("Korta möten varje vecka", "Vi ses en kvart på måndagar."),
        ("Ny matsedel varje vecka", "Köket frågar eleverna vad de vill äta."),
    ),
    "clear": (
        ("Tydligt ledarskap från rektor", "Rektor sa nej till tre andra projekt."),
        ("Tydliga skyltar på avdelningen", "Vi satte upp pilar och färger i korridoren."),
    ),
    "digital": (
        ("För många digitala system", "Personalen loggade in i elva system varje dag."),
        ("Digital läxhjälp", "Studenter svarar på frågor i chatten på kvällar."),
    ),
    "the chief": (
        ("Chefen deltar själv i utbildningen", "Enhetschefen gick samma kurs."),
        ("Byte av chef mitt i året", "Allt stod stilla tills någon ny var på plats."),
    ),
    "time": (
        ("Tid för lärande på schemat", "Onsdagar klockan två är låsta för kollegialt lärande."),
        ("Lång tid till svar från IT", "Ärenden låg i tre veckor utan att någon hörde av sig."),
    ),
    "the staff": (
        ("Hög personalomsättning", "Nya chefer kom varje halvår och arbetet började om."),
        ("Personalfest", "Vi åt middag och dansade efter examen."),
    ),
    "the patient": (
        ("Patienten skriver i sin journal", "Två mottagningar lät patienter kommentera."),
        ("Hembesök hos patienter", "Sjuksköterskan åker ut på förmiddagarna."),
    ),
    "training": (
        ("Leaders take part in the training", "Managers sat through the whole course."),
        ("Strength training for the elderly", "Physiotherapists lead a class in the gym."),
    ),
    "small": (
        ("Small experiments before large projects", "Two wards tried it for four weeks."),
        ("Small rooms", "Groups could not hear each other, so we booked the library."),
    ),
    "one language and another": (
        ("Återkoppling i vardagen", "Kollegor följer med på lektioner och ger respons."),
        ("A shared calendar", "Everyone sees when rooms and people are free."),
    ),
    "function words only": (
        ("Att vara med från början", "Alla fick säga vad de ville innan något var bestämt."),
        ("Att våga sluta med det som inte fungerar", "Vi strök tre rapporter."),
    ),
    "a word that only looks alike": (
        ("Vårdplan i mobilen", "Hemtjänsten läser planen innan de ringer på."),
        ("Vårdag för alla", "Vi rensade gården och grillade korv."),
    ),
    "numbers": (
        ("Fyra veckors test", "Två enheter provade och berättade sedan."),
        ("Fyra nya datorer", "De gamla startade inte längre."),
    ),
    "a common part of compound words": (
        ("Arbetslag med eget mandat", "Laget bestämmer själv över sin budget."),
        ("Arbetskläder som passar", "Alla fick prova storlekar innan beställningen."),
    ),
    "a group": (
        ("Styrgrupp med beslutsrätt", "Gruppen kunde säga ja direkt på mötet."),
        ("Gruppsamtal om sorg", "Kuratorn leder samtal för elever en gång i månaden."),
    ),
}

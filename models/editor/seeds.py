"""Topics, names and words from which the prompts for clean text are drawn."""

SUBJECTS = """a lighthouse keeper|an old teacher|a lost dog|a young painter|a nervous pilot|a baker|two sisters|a retired detective|a boy who cannot sleep|a gardener|a train driver|a grandmother|a new neighbour|a musician|a nurse on her first day|a runaway cat|a clockmaker|a group of hikers|a farmer|a forgotten letter|a broken bicycle|a birthday party|a missed deadline|a job offer|a late delivery|a team meeting|a family recipe|a quiet holiday|a small library|the heating|the weather|a trip to Italy|learning a language|a football match|moving house|the rent|a lost parcel|a wrong invoice|a school trip|public transport|social media|climate change|a hotel room|a new phone|a restaurant|homework|a visit to the doctor|a wedding|a delayed flight|the office printer|a car accident|cooking|a concert|the garden|money|the moon|a power cut|a water leak|a software update|a lost key|an exhibition|a volcano|bees|the history of paper|sleep|coffee|the tides|a medieval town|a factory strike|an election|a bridge|electric cars|vaccines|a poem|an orchestra|a chess game|a court case|a bakery|a swimming lesson|a fishing boat|a mountain hut|a market|a museum|a theft|a secret|a storm|an interview|a thesis|a budget|a complaint|a refund|a subscription|a gym|a garden fence|a noisy neighbour|a broken window|a promise|a reunion|a funeral|an old photograph|a piano|a stolen car|a village school|a dentist|a ferry|a survey|a laboratory|soil|glaciers|birds|a trade fair|a charity run|a book club|a podcast|a recipe for soup|a leaking roof|a password|a data set|a database|an API|a research project|a clinical trial|a river|a desert|a king|the Roman army|a railway line|a ghost|a robot|a spaceship|a forest fire|a harbour|a prison|a choir|a tax return|a mortgage|a conference|a student flat|an exam|a scholarship|a new manager|a farewell party|overtime|a warehouse|a customer|a wrong number|a missing file""".split("|")

PLACES = """in a small town|by the sea|during a storm|in winter|at the end of summer|in a big city|on a remote island|in the mountains|after a long journey|in the year 2100|on a rainy Monday|in an empty house|at midnight|near the river|at the train station|in spring|in London|in Chicago|in Lagos|in Mumbai|in Toronto|in the 1920s||||||||||||""".split("|")

FIRST = """Anna|Tom|Priya|Marek|Leila|Oscar|Yusuf|Ingrid|Diego|Hana|Kofi|Siobhan|Pavel|Amara|Luca|Mei|Jonas|Fatima|Callum|Nadia|Viktor|Rosa|Ewan|Aiko|Samir|Greta|Milo|Zainab|Piotr|Clara|Desmond|Ivy|Rafael|Noor|Bram|Tilda|Owen|Chidi|Elif|Martha|Harriet|Quentin|Odile|Benedict|Imogen|Raj|Sofia|Dmitri|Grace|Hugo|Agnes|Wendell|Thandi|Kenji|Lorenzo|Maeve|Stefan|Ayesha|Barnaby|Lucille""".split("|")

LAST = """Harker|Patel|Novak|Okafor|Lindqvist|Moreau|Tanaka|Kowalski|Fernandez|O'Brien|Schmidt|Rossi|Haddad|Nguyen|MacLeod|Ferreira|Bianchi|Osei|Petrov|Whitlock|Achterberg|Yilmaz|Johansson|Adeyemi|Carrow|Delacroix|Fairweather|Gupta|Ibsen|Jankovic|Kessler|Lomax|Mbeki|Nakamura|Ortega|Pemberton|Quayle|Rahman|Sandoval|Thistlewood|Ulrich|Voss|Wainwright|Zhang|Brannigan|Castellano|Dunmore|Eriksen|Fitzgerald|Grantham""".split("|")

PLACE_NAMES = """Bristol|Lyon|Leeds|Porto|Gdańsk|Halifax|Boston|Seattle|Cardiff|Utrecht|Nairobi|Osaka|Trieste|Bergen|Austin|Denver|Cork|Ghent|Malmö|Accra|Pune|Perth|Dunedin|Graz|Quebec|Savannah|Inverness|Whitby|Toledo|Kraków""".split("|")

COMPANIES = """Brightwell|Norsa Labs|Kestrel & Sons|Veltra|Harbour Foods|Omniquay|Tallis Energy|Blue Finch|Corvane|Pellworth|Ashgrove Council|Lumio|Zentrix|Marlow Bank|Quillwork|Dravena|Ostrava Steel|Fernhill School|Riverside Clinic|Datapine""".split("|")

# Words whose right use is worth seeing: confusables, irregular forms, patterns.
PATTERNS = """its|it's|their|there|they're|your|you're|whose|who's|then|than|too|two|to|were|where|we're|affect|effect|lose|loose|accept|except|quiet|quite|weather|whether|passed|past|through|threw|though|thought|advice|advise|breathe|breath|lie|lay|lain|fewer|less|much|many|a few|a little|since|for|during|while|until|by|already|yet|still|ever|never|anyone|anybody|anything|nobody|neither|either|each|every|both|one of the|the number of|a number of|everyone|everybody|the police|people|news|information|furniture|luggage|homework|equipment|knowledge|research|used to|would have|should have|could have|must have|if I were|I wish|unless|although|despite|because of|however|therefore|whom|which|that|whose|himself|themselves|each other|better|worse|best|worst|more than|as well as|different from|interested in|good at|depends on|looking forward to|afraid of|responsible for|agree with|discuss|explain|suggest|recommend|enjoy|avoid|finish|mind|want her to|let him|make them|had better|would rather|so that|such a|so much|so many|too much|enough|children|women|men|feet|teeth|mice|loaves|knives|wives|series|species|criteria|phenomena|data|my sister and I|he and I|between you and me|have been|has been|had been|had gone|have seen|has written|since 2010|for three years|not only|neither nor|either or|in spite of|no longer|a lot of|there is|there are|there was|there were|desert|dessert|principal|principle|stationary|stationery|complement|compliment|practice|practise|licence|license|led|lead|brought|bought|taught|caught|whom did|none of|half of|an hour|a university|an umbrella|an honest|a European|a one-way|an MP|stood|sat|risen|raised|laid|sank|sunk|drunk|rang|swum|wove|borne|born|further|farther|imply|infer|ensure|insure|elicit|illicit|discreet|discrete|hardly|hard|late|lately|well|could you tell me where|do you know what time|I wonder why|asked whether|asked me if|told me that|said that""".split("|")

# What a text may be asked to mention, each with its own numbers.
DETAILS = (
    "{first} {last}",
    "{first} and {first2}",
    "Mr {last}",
    "Dr {last}",
    "Ms {last} from {company}",
    "{company}",
    "{place}",
    "the city of {place}",
    "{hour}:{minute} and platform {small}",
    "£{price}",
    "${price}",
    "{percent}%",
    "{count} people",
    "{day} {month}",
    "{month} {day}, {year}",
    "{year}",
    "order {code}",
    "room {room}",
    "{km} kilometres",
    "{miles} miles",
)
MONTHS = "January February March April May June July August September October November December".split()

"""What the teacher is told, action by action: an instruction, hand-written examples, and which passages it gets."""

from dataclasses import dataclass

_KEEP = "Keep every name, number, date and fact, and the meaning. Reply with the text alone."


@dataclass(frozen=True)
class Action:
    """
    kinds: share of the passages of each kind of text; least and most: words of a passage; growth: longest answer over
    longest passage; weight: share of the time.
    """

    instruction: str
    examples: tuple
    kinds: dict
    least: int = 6
    most: int = 90
    growth: float = 1.4
    weight: float = 1
    samples: int = 2
    temperature: float = 0.5


_ANY = {kind: 0.3 for kind in "fiction dialogue email casual blunt academic news report essay first figures".split()}
_PAST = {"fiction": 0.9, "first": 0.8, "news": 0.6, "dialogue": 0.2, "patterns": 0.1, "figures": 0.3}
_PRESENT = {"present": 0.9, "first": 0.8, "terse": 0.6, "essay": 0.3, "report": 0.2, "patterns": 0.1}
_FIRST = {"first": 0.9, "casual": 0.3, "patterns": 0.2, "fiction": 0.5, "review": 0.5}
_MISTAKES = {
    kind: 0.35 for kind in "fiction present dialogue email casual news report essay first review patterns list figures terse".split()
}

ACTIONS = {
    "rewrite": Action(
        f"Rewrite the passage in other words, at about the same length and in the same tone. {_KEEP}",
        (
            ("The council has postponed the repair of the bridge until March because two of the engineers are ill.", "With two of its engineers off sick, the council has put off repairing the bridge until March."),
            ("He had never liked the house. It was too large, and the wind found its way in through every window.", "The house had never been to his liking: it was too big, and every window let in the wind."),
            ("Please send the signed form to Ms Okafor by 12 May; otherwise we can't book the hall.", "We can only book the hall if Ms Okafor has the signed form by 12 May, so please send it to her in time."),
        ),
        _ANY, weight=0.8, temperature=0.6,
    ),
    "shorten": Action(
        f"Make the passage clearly shorter: about half as long. Cut repetition and what matters least. {_KEEP.replace('Keep every name, number, date and fact, and the meaning.', 'Keep the main facts, names and numbers, and the meaning.')}",
        (
            ("The minister, who had arrived late because of the fog, said on Tuesday that the government would, in all probability, present its new plan for the railways before the end of June.", "The minister said on Tuesday that the government would probably present its railway plan before the end of June."),
            ("I am writing to you today due to the fact that I have not yet received the parcel that I ordered from your online shop on 3 April, which is now more than three weeks ago.", "I have not yet received the parcel I ordered on 3 April, over three weeks ago."),
            ("She stood for a long time at the window and looked at the street, the wet, empty street with its lamps, and thought of her mother and of everything she had not said.", "She stood at the window, looked at the wet street and thought of her mother and all she had not said."),
            ("It is important to note that, at this point in time, the team is in the process of testing the new pump, and that the results of those tests will be made available to everyone as soon as they are ready.", "The team is testing the new pump and will share the results as soon as they are ready."),
        ),
        {**_ANY, "wordy": 0.95}, least=16, growth=0.9, weight=1.4,
    ),
    "expand": Action(
        "Make the passage about twice as long: say the same more fully, with description and connection. Keep its facts, names, numbers, tense and person. Add no new events, names or numbers. Reply with the text alone.",
        (
            ("The train was late. Mara waited on platform 4.", "The train was late again that evening, with no word of when it would come. Mara stayed where she was on platform 4, her collar turned up, and waited as patiently as she could."),
            ("We can't refund the ticket, but you may change the date.", "Unfortunately, we are not able to refund the ticket you bought. You are, however, welcome to change the date and to travel on another day that suits you better."),
            ("Bees find their way by the sun.", "When bees fly out to look for food, they find their way by the sun, using its position in the sky as a guide both on the way out and on the way home."),
        ),
        {**_ANY, "terse": 0.8}, least=5, most=40, growth=3.2, weight=1.2,
    ),
    "simplify": Action(
        f"Say the passage in simple words and short sentences, for a reader of twelve years or a learner of English. Explain hard words by easy ones. {_KEEP}",
        (
            ("The committee has resolved to defer implementation of the proposal pending a comprehensive assessment of its financial ramifications.", "The committee will wait before it starts the plan. First it wants to find out how much the plan will cost."),
            ("Cyanobacteria adapt their photosynthetic apparatus to fluctuations in the spectral composition of ambient light.", "Some very small living things in water make food from light. When the colour of the light changes, they change the parts that catch it."),
            ("Applicants who fail to furnish the requisite documentation by 31 May shall be deemed to have withdrawn.", "You must send us all the papers by 31 May. If you don't, we will think that you no longer want to apply."),
        ),
        {"academic": 0.95, "wordy": 0.35, "blunt": 0.4, "essay": 0.4, "news": 0.3, "report": 0.5}, least=10, growth=1.7, weight=1.3,
    ),
    "formal": Action(
        f"Rewrite the passage in a formal, professional tone: no slang, no contractions, no exclamation marks. Add no greeting and no signature. {_KEEP}",
        (
            ("Hey, just wanted to let you guys know the meeting's off on Friday cause the boss is sick. We'll figure out a new date next week, no worries.", "I would like to inform you that the meeting on Friday has been cancelled because the director is ill. We will arrange a new date next week."),
            ("Can't make it tonight, sorry! Something came up at work.", "Unfortunately, I am unable to attend this evening, as something has come up at work."),
            ("Tom's totally swamped, so don't bug him about the 40 forms till Monday, ok?", "Tom is very busy at present. Please do not contact him about the 40 forms until Monday."),
            ("That new printer is rubbish. It's jammed three times since Tuesday and nobody's got a clue why.", "The new printer is unsatisfactory. It has jammed three times since Tuesday, and nobody knows why."),
        ),
        {"casual": 0.95, "heated": 0.5, "review": 0.4, "dialogue": 0.1, "hedged": 0.3, "email": 0.2}, least=5, most=70, growth=1.8, weight=1.4,
    ),
    "friendly": Action(
        f"Rewrite the passage in a warm, friendly tone, as to somebody you like. Keep what it asks and every condition. Add no greeting, no signature and no new facts. {_KEEP}",
        (
            ("Your invoice is overdue by ten days. Payment must be made within seven days. Otherwise the matter will be handed to our lawyers.", "Just a friendly reminder that your invoice is now ten days overdue. Could you please pay it within the next seven days? Otherwise we'd have to hand the matter to our lawyers, and we'd much rather not."),
            ("Dogs are not permitted in the building.", "We love dogs, but we're sorry to say that they can't come into the building."),
            ("Submit the report to Ms Lomax by 5 pm. Late reports will not be read.", "Could you please get the report to Ms Lomax by 5 pm? I'm afraid late ones can't be read, so do send it in time. Thank you!"),
            ("We do not refund tickets. You may change the date once.", "I'm sorry that we can't refund tickets, but you're very welcome to change the date once!"),
        ),
        {"blunt": 0.95, "email": 0.25, "academic": 0.05, "report": 0.1, "terse": 0.2}, least=5, most=70, growth=2.0, weight=1.4,
    ),
    "confident": Action(
        f"Rewrite the passage in a confident tone: no hedging such as “I think”, “maybe”, “sort of”, no apology for one's view. Keep who speaks. {_KEEP}",
        (
            ("I think we could maybe finish the draft by Friday, if nothing goes wrong, but I'm not totally sure.", "We will finish the draft by Friday."),
            ("I might be wrong, but it seems to me that the second design is perhaps a little better than the first.", "The second design is better than the first."),
            ("I have some experience with databases and would hopefully be able to help your team a bit.", "I have experience with databases and will help your team."),
            ("Sorry to bother you, but I was sort of wondering whether the figure of 12% could possibly be too low.", "The figure of 12% is too low."),
        ),
        {"hedged": 0.97, "casual": 0.15, "email": 0.1}, least=6, most=60, growth=1.2, weight=1.1,
    ),
    "neutral": Action(
        f"Rewrite the passage in a calm and neutral tone: no exclamation marks, no exaggeration, no emotion, no judgement; it says the facts and what the writer wants. {_KEEP}",
        (
            ("This is the worst hotel in the entire universe! The shower was freezing and nobody lifted a finger!", "The hotel was unsatisfactory. The shower was cold and the staff did not help."),
            ("I am absolutely furious that Kestrel & Sons have once again had the nerve to raise the price to £40!", "Kestrel & Sons have raised the price to £40 again, and I disagree with this."),
            ("OMG, the new library is simply breathtaking, you have to go, it'll change your life!", "The new library is attractive and worth a visit."),
        ),
        {"heated": 0.97, "casual": 0.15, "review": 0.4}, least=6, most=70, growth=1.3, weight=1.1,
    ),
    "summarise": Action(
        "Summarise the passage in one to three sentences of your own. Keep the main facts, names and numbers; add nothing. Do not begin with “The passage” or “This text”. Reply with the summary alone.",
        (
            ("On Monday evening a lorry hit the old stone bridge in Carrow. Nobody was hurt, but one of the arches was cracked, and the police closed the road at once. Engineers will look at the damage on Wednesday. Until then, drivers have to go by way of Whitby, which takes about 40 minutes longer. The mayor, Agnes Voss, asked people to take the train.", "A lorry damaged the stone bridge in Carrow on Monday evening; nobody was hurt. The road is closed until engineers have looked at it on Wednesday, and the detour by Whitby takes about 40 minutes longer."),
            ("When Priya came to the village she knew nobody. She rented the house by the mill and opened a small bakery in March. At first few people came, because they were used to the bread from the supermarket. Then the old teacher tried her rye bread and told everyone about it. By the summer there was a queue every Saturday.", "Priya came to the village as a stranger and opened a bakery in March. It had few customers until the old teacher praised her rye bread; by the summer there was a queue every Saturday."),
        ),
        {"news": 0.8, "essay": 0.8, "report": 0.7, "fiction": 0.4, "first": 0.4, "figures": 0.6, "academic": 0.3}, least=55, most=220, growth=0.7, weight=1.2,
    ),
    "past": Action(
        "Put the passage into the past tense. Change the verbs and nothing else; what is said in quotation marks stays as it is. Reply with the text alone.",
        (
            ("Anna opens the door. The kitchen is cold, and the cat sits on the table and looks at her. She has forgotten her key again.", "Anna opened the door. The kitchen was cold, and the cat sat on the table and looked at her. She had forgotten her key again."),
            ("I usually get up at six and run along the river, but today it's raining and I can't find my shoes.", "I usually got up at six and ran along the river, but that day it was raining and I couldn't find my shoes."),
            ("“We're late,” says Tom. He doesn't know what they will do if the shop closes.", "“We're late,” said Tom. He didn't know what they would do if the shop closed."),
        ),
        _PRESENT, least=5, most=80, growth=1.25, weight=1.4, temperature=0.3,
    ),
    "present": Action(
        "Put the passage into the present tense. Change the verbs and nothing else; what is said in quotation marks stays as it is. Reply with the text alone.",
        (
            ("Anna opened the door. The kitchen was cold, and the cat sat on the table and looked at her. She had forgotten her key again.", "Anna opens the door. The kitchen is cold, and the cat sits on the table and looks at her. She has forgotten her key again."),
            ("We walked up the hill and saw the whole valley below us. Nobody spoke; it was getting dark.", "We walk up the hill and see the whole valley below us. Nobody speaks; it is getting dark."),
            ("“We're late,” said Tom. He didn't know what they would do if the shop closed.", "“We're late,” says Tom. He doesn't know what they will do if the shop closes."),
        ),
        _PAST, least=5, most=80, growth=1.25, weight=1.4, temperature=0.3,
    ),
    "third": Action(
        "Put the passage from the first person into the third person: the writer becomes “she” (or “they” if it says “we”). Change pronouns and verbs and nothing else. Reply with the text alone.",
        (
            ("I opened my letter and read it twice. Nobody had told me that my brother was ill.", "She opened her letter and read it twice. Nobody had told her that her brother was ill."),
            ("We live by the sea, and our house is full of sand. I don't mind it.", "They live by the sea, and their house is full of sand. She doesn't mind it."),
            ("I've worked here since 2015, and I'm proud of what I have learned.", "She's worked here since 2015, and she's proud of what she has learned."),
        ),
        _FIRST, least=5, most=70, growth=1.25, weight=0.8, temperature=0.3,
    ),
    "learner": Action(
        "Rewrite the passage as somebody who is still learning English would write it, with two to six natural mistakes: tenses, agreement, articles, prepositions, word forms, plurals, word order in questions, missing or wrong words, spelling. Leave everything else exactly as it is. Reply with the text alone.",
        (
            ("She told me that she had lived in Osaka for three years and didn't like the food there.", "She told to me that she lived in Osaka since three years and didn't liked the food there."),
            ("Could you tell me where the nearest bank is? I need to change some money before I leave on Monday.", "Could you tell me where is the nearest bank? I need change some moneys before I leave at Monday."),
            ("Yesterday we visited an old castle, which was more beautiful than I had expected.", "Yesterday we visit a old castle, who was more beautifull than I have expected."),
            ("There was less traffic than usual, so everyone arrived in time for the beginning of the concert.", "There were less traffic as usual, so everyone arrive in time for the begin of concert."),
        ),
        _MISTAKES, least=6, most=60, growth=1.3, weight=2.2, samples=1, temperature=0.9,
    ),
    "hurried": Action(
        "Rewrite the passage as a native speaker in a hurry would type it, with two to five natural mistakes: mixed-up words (its/it's, your/you're, then/than, to/too, loose/lose, effect/affect, should of), spelling, agreement, missing or doubled words, comma splices, missing apostrophes, commas or capitals. Leave everything else exactly as it is. Reply with the text alone.",
        (
            ("It's too late to change the order now. You should have told us before they left the warehouse.", "Its to late to change the order now, you should of told us before they left the warehouse."),
            ("Neither of the letters was signed, and their dates didn't match, so Mr Voss sent them back.", "Neither of the letters were signed and there dates didnt match so Mr Voss sent them them back."),
            ("I definitely received fewer copies than I had ordered. Please tell me when the rest will arrive.", "I definately recieved less copies then I had ordered, please tell me when the rest will arive."),
            ("“Who's going to pay for this?” asked Clara. The desserts alone had cost £40.", "“Whose going to pay for this” asked Clara. The deserts alone had costed £40."),
        ),
        _MISTAKES, least=6, most=60, growth=1.3, weight=1.8, samples=1, temperature=0.9,
    ),
}  # fmt: skip

"""Sentences with mistakes that are rare in the teacher's text, and what they should be. Slots are filled at random."""

from seeds import COMPANIES, FIRST, LAST, PLACE_NAMES

_FRAMES = r"""I live in {place} since {n} years. => I have lived in {place} for {n} years.
{first} works for {company} since {year}. => {first} has worked for {company} since {year}.
We know each other since {n} years. => We have known each other for {n} years.
I am waiting for {first} since an hour. => I have been waiting for {first} for an hour.
She has been ill since {n} days. => She has been ill for {n} days.
{first} didn't eat since {day}. => {first} hasn't eaten since {day}.
He is learning the {thing} since he was ten. => He has been learning the {thing} since he was ten.
I am here from {year}. => I have been here since {year}.
Do you know how much does the {thing} cost? => Do you know how much the {thing} costs?
Can you tell me where is the {room}? => Can you tell me where the {room} is?
I don't know what does {first} want. => I don't know what {first} wants.
{first} asked me where do I live. => {first} asked me where I live.
I wonder why did {first} leave so early. => I wonder why {first} left so early.
Please explain how does the {thing} work. => Please explain how the {thing} works.
Nobody could say when will the {room} open. => Nobody could say when the {room} will open.
Could you tell me what time does the train to {place} leave? => Could you tell me what time the train to {place} leaves?
I have no idea who are these {people}. => I have no idea who these {people} are.
They asked us how long have we been in {place}. => They asked us how long we had been in {place}.
Where you did find the {thing}? => Where did you find the {thing}?
What means this word? => What does this word mean?
Why {first} is not here? => Why is {first} not here?
How many {people} there are in the {room}? => How many {people} are there in the {room}?
There are less {people} in {place} than last year. => There are fewer {people} in {place} than last year.
We had less {people} and less problems. => We had fewer {people} and fewer problems.
There's {n} {people} in the {room}. => There are {n} {people} in the {room}.
How much {people} were invited? => How many {people} were invited?
We don't have many time. => We don't have much time.
The {thing} who stood in the {room} was broken. => The {thing} that stood in the {room} was broken.
The {thing} what I bought in {place} is great. => The {thing} that I bought in {place} is great.
The {people} which came from {place} were late. => The {people} who came from {place} were late.
Everything what {first} said was true. => Everything that {first} said was true.
The man which called you was {first}. => The man who called you was {first}.
Neither {first} or {other} were there. => Neither {first} nor {other} was there.
Either {first} nor {other} has the key. => Either {first} or {other} has the key.
Both {first} as well as {other} came. => Both {first} and {other} came.
The new {thing} is more heavier than the old one. => The new {thing} is heavier than the old one.
{place} is more bigger than {place2}. => {place} is bigger than {place2}.
It was the most coldest {day} of the year. => It was the coldest {day} of the year.
This {thing} is more cheap than that one. => This {thing} is cheaper than that one.
{first} is as tall than {other}. => {first} is as tall as {other}.
She sings more better than me. => She sings better than me.
Of the two {people}, {first} is the most patient. => Of the two {people}, {first} is the more patient.
If I will see {first}, I will tell him. => If I see {first}, I will tell him.
If {first} would have a {thing}, she would use it. => If {first} had a {thing}, she would use it.
If it will rain on {day}, we stay in the {room}. => If it rains on {day}, we will stay in the {room}.
If I would have known, I would have called {first}. => If I had known, I would have called {first}.
When I will be in {place}, I will visit {first}. => When I am in {place}, I will visit {first}.
I wish I would have a {thing}. => I wish I had a {thing}.
{first} suggested me to buy a {thing}. => {first} suggested that I buy a {thing}.
{first} recommended us to go to {place}. => {first} recommended that we go to {place}.
I want that {first} comes with us. => I want {first} to come with us.
They want that we wait in the {room}. => They want us to wait in the {room}.
{first} made me to laugh. => {first} made me laugh.
Let {first} to do it. => Let {first} do it.
{first} has {n} years. => {first} is {n} years old.
My {rel} has {n} years and lives in {place}. => My {rel} is {n} years old and lives in {place}.
I am agree with {first}. => I agree with {first}.
{first} is born in {place}. => {first} was born in {place}.
I have seen {first} yesterday. => I saw {first} yesterday.
We have been in {place} last year. => We were in {place} last year.
{first} has bought the {thing} last {day}. => {first} bought the {thing} last {day}.
In {year} they have moved to {place}. => In {year} they moved to {place}.
I never was in {place}. => I have never been to {place}.
Did you ever eat in this {room}? => Have you ever eaten in this {room}?
{first} makes often mistakes. => {first} often makes mistakes.
I go always by bus to {place}. => I always go to {place} by bus.
She speaks very well {language}. => She speaks {language} very well.
I like very much the {thing}. => I like the {thing} very much.
He plays good the {thing}. => He plays the {thing} well.
In {place} is a nice {room}. => In {place} there is a nice {room}.
On the table are a {thing} and a {thing2}. => On the table there are a {thing} and a {thing2}.
Is very cold in {place}. => It is very cold in {place}.
Is important to close the {room}. => It is important to close the {room}.
I borrowed {first} my {thing}. => I lent {first} my {thing}.
Can I lend your {thing}? => Can I borrow your {thing}?
{first} learned me how to swim. => {first} taught me how to swim.
{first} said me that the {room} was closed. => {first} told me that the {room} was closed.
He told that he was in {place}. => He said that he was in {place}.
I look forward to see {first}. => I look forward to seeing {first}.
We are used to work late. => We are used to working late.
I use to live in {place}. => I used to live in {place}.
We go to {place} by foot. => We go to {place} on foot.
The {room} opens in {day}. => The {room} opens on {day}.
We will meet at {day} in {place}. => We will meet on {day} in {place}.
The {thing} must be returned until {day}. => The {thing} must be returned by {day}.
The house is near from the {room}. => The house is near the {room}.
During {n} days nobody saw {first}. => For {n} days nobody saw {first}.
He stayed in {place} during {n} weeks. => He stayed in {place} for {n} weeks.
Since {n} years there is no {room} in {place}. => For {n} years there has been no {room} in {place}.
The cat was laying on the {thing}. => The cat was lying on the {thing}.
{first} laid down and slept. => {first} lay down and slept.
He lied on the floor for an hour. => He lay on the floor for an hour.
Sit the {thing} on the table. => Set the {thing} on the table.
{first} and me went to {place}. => {first} and I went to {place}.
Me and {first} are in the {room}. => {first} and I are in the {room}.
Me and my {rel} bought a {thing}. => My {rel} and I bought a {thing}.
They gave it to {first} and I. => They gave it to {first} and me.
Each of the {people} have a {thing}. => Each of the {people} has a {thing}.
None of us have not seen {first}. => None of us has seen {first}.
They didn't tell nobody about the {thing}. => They didn't tell anybody about the {thing}.
We don't need no {thing}. => We don't need a {thing}.
She hasn't never been to {place}. => She has never been to {place}.
"Where is the {thing}" asked {first}. => "Where is the {thing}?" asked {first}.
"I found the {thing}" said {first}. => "I found the {thing}," said {first}.
"Come here", said {first}. => "Come here," said {first}.
{first} said "the {room} is closed." => {first} said, "The {room} is closed."
"Wait, said {first}, I can't find the {thing}." => "Wait," said {first}, "I can't find the {thing}."
"Do you have a {thing}," asked {first}? => "Do you have a {thing}?" asked {first}.
"Is it far to {place}", he asked? => "Is it far to {place}?" he asked.
The {thing} was broken, nobody noticed. => The {thing} was broken. Nobody noticed.
{first} opened the {room}, it was empty. => {first} opened the {room}. It was empty.
Please bring a {thing}, the {room} has none. => Please bring a {thing}. The {room} has none.
The {thing} is late, {first} is not happy. => The {thing} is late. {first} is not happy.
It was dark, {first} couldn't see the {thing}. => It was dark. {first} couldn't see the {thing}.
The {people} left at noon, by six the {room} was empty. => The {people} left at noon. By six the {room} was empty.
I can't come on {day}, my {thing} is broken, please tell {first}. => I can't come on {day}. My {thing} is broken. Please tell {first}.
- buy a {thing}\n- call to {first}\n- clean the {room} => - buy a {thing}\n- call {first}\n- clean the {room}
- {n} {thing}\n- a {thing2} for {first} => - {n} {thing}s\n- a {thing2} for {first}
1. Opens the {thing}.\n2. Waits {n} minutes.\n3. Close the {room}. => 1. Open the {thing}.\n2. Wait {n} minutes.\n3. Close the {room}.
To start, runs `npm start` and opens the {room}. => To start, run `npm start` and open the {room}.
The **{thing}** are optional, and the *{room}* have a door. => The **{thing}** is optional, and the *{room}* has a door.
Call `open()` befor you reads the *{thing}*. => Call `open()` before you read the *{thing}*.
Isn't it, {first}? You are from {place}, isn't it? => Isn't it, {first}? You are from {place}, aren't you?
{first} lives in {place}, isn't he? => {first} lives in {place}, doesn't he?
its {first}s {thing}, not your's => It's {first}'s {thing}, not yours.
im in {place}, cant talk now => I'm in {place}, can't talk now.
whats the name of you're {rel} => What's the name of your {rel}?
i think {first} dont know that => I think {first} doesn't know that.
The {people} of {first}'s {rel} is nice. => The {people} of {first}'s {rel} are nice.
One of my {people} have gone to {place}. => One of my {people} has gone to {place}.
The list of {people} are on the table. => The list of {people} is on the table.
Although it was late, but {first} stayed. => Although it was late, {first} stayed.
Because {first} was ill, so he went home. => Because {first} was ill, he went home.
Despite of the noise, {first} slept. => Despite the noise, {first} slept.
Mr. {last} as well as Ms {other_last} was informed, that the {room} is closed. => Mr. {last} as well as Ms {other_last} was informed that the {room} is closed.
I recieved you're letter about the {thing}, thankyou. => I received your letter about the {thing}, thank you.
There dog ate it's {thing}. => Their dog ate its {thing}.
Your late, {first}, and you forgot you're {thing}. => You're late, {first}, and you forgot your {thing}.
Who's {thing} is this, and whose coming to {place}? => Whose {thing} is this, and who's coming to {place}?
The {thing} had less affect then we hoped. => The {thing} had less effect than we hoped.""".split("\n")

_SLOTS = dict(
    thing="kettle lamp map drill ladder camera guitar violin bucket blanket spanner telescope hammer parcel jacket bicycle radio clock toaster suitcase ticket notebook printer candle".split(),
    room="kitchen library station garden museum office bakery harbour chapel garage hall pharmacy school market hospital".split(),
    people="guests nurses teachers tourists farmers neighbours students workers players drivers lawyers children".split(),
    rel="brother sister uncle aunt cousin neighbour boss teacher friend dentist".split(),
    day="Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    language="Spanish Dutch Polish Arabic Finnish Welsh Turkish".split(),
)


def drill(rng):
    """(wrong, right) of one or two sentences."""

    def one():
        first, other = rng.sample(FIRST, 2)
        last, other_last = rng.sample(LAST, 2)
        place, place2 = rng.sample(PLACE_NAMES, 2)
        slots = {name: rng.choice(values) for name, values in _SLOTS.items()}
        slots["thing2"] = rng.choice(_SLOTS["thing"])
        slots.update(first=first, other=other, last=last, other_last=other_last, place=place, place2=place2, company=rng.choice(COMPANIES), year=rng.randint(1960, 2024), n=rng.randint(3, 40))
        wrong, right = rng.choice(_FRAMES).replace("\\n", "\n").split(" => ")
        return wrong.format(**slots), right.format(**slots)

    pairs = [one() for _ in range(rng.choice((1, 1, 2)))]
    if len(pairs) == 2:
        # Now and then the second one is right already.
        if rng.random() < 0.4:
            pairs[1] = (pairs[1][1], pairs[1][1])
        if any("\n" in part or part[-1] not in ".?!\"" for pair in pairs for part in pair):
            pairs = pairs[:1]
    return " ".join(pair[0] for pair in pairs), " ".join(pair[1] for pair in pairs)

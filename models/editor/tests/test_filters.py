"""What is kept for training: passages, rewrites, mistakes, and the texts that resemble the evaluation."""

import unittest

from data import plausible
from near_duplicates import resembles, shingles
from pairs import accepted
from passages import clean, passages, sentences

SOURCE = "I am writing to say that the meeting on 4 May with Petra Novak is cancelled, and we don't know why yet."
# Action, source, target, whether it is kept.
REWRITES = [
    ("formal", "Hi, the meeting with Petra is off because the boss is ill.", "The meeting with Petra has been cancelled because the manager is ill.", True),
    ("formal", "Hi, the meeting with Petra is off because the boss is ill.", "The meeting with Petra hasn't been held because the boss is ill.", False),
    ("formal", "Hi, the meeting with Petra is off because the boss is ill.", "The meeting with Hugo is off because the boss is ill.", False),
    ("shorten", "The old bridge over the river was closed on Monday because of the heavy storm.", "The bridge was closed on Monday because of the storm.", True),
    ("shorten", "The old bridge over the river was closed on Monday because of the heavy storm.", "The bridge over the old river was closed on that Monday because of the heavy and long storm.", False),
    ("shorten", "The old bridge over the river was closed at 8 because of the storm.", "The bridge was closed at 9 because of the storm.", False),
    ("shorten", "The old bridge over the river was closed on Monday because of the heavy storm.", "Here is a shorter text: The bridge was closed.", False),
    ("expand", "The bridge was closed.", "The bridge was closed.", False),
    ("simplify", "The apparatus facilitates the extraction of water.", "The machine helps the extraction of water.", True),
    ("simplify", "The apparatus does not facilitate the extraction of water.", "The machine helps the extraction of water.", False),
    ("neutral", "The bridge is absolutely horrible!", "The bridge is horrible!", False),
    ("confident", "I think the bridge is probably safe.", "The bridge is safe.", True),
    ("confident", "I think the bridge is probably safe.", "I think the bridge is safe.", False),
    ("confident", "Maybe the bridge is safe for 20 cars.", "The bridge is safe for cars.", False),
    ("rewrite", "The bridge was closed because of the storm.", "Because of the storm, the bridge was shut. Is it closed?", False),
    ("rewrite", "The bridge was closed because of the storm.", "# The bridge was closed because of the storm.", False),
    ("rewrite", "The bridge was closed because of the storm.", "The storm caused the bridge to be closed.", True),
    ("past", "She opens the door and sees him.", "She opened the door and saw him.", True),
    ("past", "She opens the door and sees him.", "She opened the door and sees him.", False),
    ("past", "She opens the door and sees him.", "She opened the window and saw him.", False),
    ("present", "We walked home, and it was late.", "We walk home, and it is late.", True),
    ("present", "We walked home, and it was late.", "We walk home, and it was late.", False),
    ("third", "I opened my letter.", "She opened her letter.", True),
    ("third", "I opened my letter.", "She opened my letter.", False),
    ("third", "I opened my letter.", "She opened her parcel.", False),
]  # fmt: skip
UNCLEAN = [
    "Sure, here is the text.",
    "Here is a passage about a bridge.",
    "Dear [your name], the bridge is closed.",
    "As an AI, I cannot see the bridge.",
    "I am a language model.",
    "The bridge ``` is closed.",
    "Short.",
    "The bridge of Gdansk is ____ today.",
    "He said \"the bridge is closed.",
    "He said “the bridge is closed.",
    "Мост закрыт из-за шторма.",
    "The bridge was closed today and the bridge was closed today and the bridge was closed today.",
    "1234 5678 9012 3456 7890 12",
    "Unfinished" + " word" * 300,
    "我们 yesterday 去图书馆。",
    "我们明天去图书馆",
    "Note: the bridge is closed.",
    "Title of a text about bridges",
    "I'm sorry, but I can't do that.",
    "\\frac{1}{2} of the bridge",
]  # fmt: skip
CLEAN = [
    "The bridge is closed.",
    "He said “it is closed.”",
    "我们明天去图书馆。",
    "See [the page](https://example.org) for more.",
]
# Right text, wrong text, whether it is still the same text.
WRONG = [
    ("The bridge is closed.", "The bridge are closed.", True),
    ("The bridge is closed.", "The bridge is close", True),
    ("The bridge is closed.", "The bridge is closed.", False),
    ("The bridge is closed at 8.", "The bridge is closed at 9.", False),
    ("The bridge is closed at 8.", "The bridge is closed at.", False),
    ("The bridge is closed.\nWait.", "The bridge is closed. Wait.", False),
    ("The bridge is closed.", "The", False),
    ("The bridge is closed today because of wind.", "A storm shut every crossing over our river.", False),
]


class Filters(unittest.TestCase):
    def test_rewrites(self):
        for action, source, target, kept in REWRITES:
            with self.subTest(action=action, target=target):
                self.assertEqual(accepted(action, source, [target, target]), target if kept else None)

    def test_two_samples_must_agree(self):
        source = "Hi, the meeting with Petra is off because the boss is ill."
        first = "The meeting with Petra has been cancelled because the manager is ill."
        second = "Because of illness of the boss, Petra will have no meeting."
        self.assertEqual(accepted("formal", source, [first, first]), first)
        self.assertIsNone(accepted("formal", source, [first, second]))
        self.assertIsNone(accepted("formal", source, [first, "Sure!"]))

    def test_clean(self):
        for text in UNCLEAN:
            self.assertFalse(clean(text), text)
        for text in CLEAN:
            self.assertTrue(clean(text), text)

    def test_plausible(self):
        for right, wrong, kept in WRONG:
            self.assertEqual(plausible(wrong, right), kept, wrong)

    def test_sentences(self):
        self.assertEqual(
            sentences("Mr. Novak came at 8 a.m. on Monday. “Wait!” he said. Is it 4.50? Yes."),
            ["Mr. Novak came at 8 a.m. on Monday.", "“Wait!” he said.", "Is it 4.50?", "Yes."],
        )

    def test_passages_lose_numbering_and_comments(self):
        text = (
            'Sure, here are the notes:\n1. The bridge is closed.\n2. "The road is open again."\n3. [Your name] is here.'
        )
        self.assertEqual(passages("wordy", text), ["The bridge is closed.", "The road is open again."])
        self.assertEqual(
            passages("fiction", "He left home. She stayed."), passages("fiction", "He left home. She stayed.")
        )


class NearDuplicates(unittest.TestCase):
    held = shingles(SOURCE) | shingles("我们明天去图书馆借两本书，然后回家。")

    def test_resembling(self):
        for text in [
            SOURCE,
            SOURCE.upper(),
            "Please note: the meeting on 4 May with Petra Novak is cancelled.",
            "And the meeting on 4 May.",
            "我们明天去图书馆借书。",
            f"A long text before it. {SOURCE} And a long text after it, which has nothing in common with anything.",
        ]:
            self.assertTrue(resembles(text, self.held), text)

    def test_different(self):
        for text in [
            "",
            "The meeting is cancelled.",
            "The bridge on the river was closed in May, and nobody knows why.",
            "我昨天买了一张桌子和三把椅子。",
            "I am writing to say that I like your garden, your house, your dog and all of your many books about rivers.",
        ]:
            self.assertFalse(resembles(text, self.held), text)
        self.assertFalse(resembles(SOURCE, set()))


if __name__ == "__main__":
    unittest.main()

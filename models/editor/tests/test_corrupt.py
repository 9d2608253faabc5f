"""Mistakes by rule: what each kind makes, and what none may touch."""

import random
import unittest

import written
from corrupt import WEIGHTS, candidates, corrupt
from english import WORDS
from mistake_candidates import CAPITALISE_NEXT
from typing_slips import misspelled

# Kind, a right text, and one of the wrong texts that the kind makes of it.
EXAMPLES = [
    ("agreement", "She was late.", "She were late."),
    ("agreement", "He walks to the station.", "He walk to the station."),
    ("agreement", "They walk to the station.", "They walks to the station."),
    ("form", "He can walk home.", "He can walks home."),
    ("form", "Did he find the key?", "Did he found the key?"),
    ("form", "We want to walk home.", "We want to walking home."),
    ("form", "We want to walk home.", "We want walk home."),
    ("form", "She is walking home.", "She is walk home."),
    ("form", "He has written a letter.", "He has wrote a letter."),
    ("form", "They made him walk home.", "They made him to walk home."),
    ("tense", "She opened the door, and he was there. They walked home.", "She opens the door, and he was there. They walked home."),
    ("article", "He bought a house.", "He bought house."),
    ("article", "She waited for an hour.", "She waited for a hour."),
    ("article", "The house is old.", "House is old."),
    ("number", "Two houses burned.", "Two house burned."),
    ("number", "Every house burned.", "Every houses burned."),
    ("number", "He likes this house.", "He likes these house."),
    ("comparison", "This house is bigger than that one.", "This house is more bigger than that one."),
    ("comparison", "It is bigger than ours.", "It is bigger then ours."),
    ("company", "It depends on the weather.", "It depends of the weather."),
    ("company", "She is good at chess.", "She is good in chess."),
    ("confused", "Their house is old.", "There house is old."),
    ("confused_rare", "The principal of the school spoke.", "The principle of the school spoke."),
    ("spelling", "I received it.", "I recieved it."),
    ("mass", "We need more information.", "We need more informations."),
    ("negation", "He didn't see anything.", "He didn't see nothing."),
    ("question", "I know where the house is.", "I know where is the house."),
    ("question", "Where do you live?", "Where you live?"),
    ("fewer", "There were fewer houses.", "There were less houses."),
    ("since", "I have lived here for two years.", "I have lived here since two years."),
    ("since", "I have lived here since 2010.", "I have lived here for 2010."),
    ("comma", "However, we stayed.", "However we stayed."),
    ("splice", "We left. It was late.", "We left, it was late."),
    ("end", "We went home after the film.", "We went home after the film"),
    ("end", "Is it late?", "Is it late."),
    ("apostrophe", "It is Anna's book.", "It is Annas book."),
    ("apostrophe", "I don't know.", "I dont know."),
    ("capital", "We met on Monday.", "We met on monday."),
    ("capital", "We left the house early.", "we left the house early."),
    ("dialogue", '"It is late," said Tom.', '"It is late" said Tom.'),
    ("stray", "I know that he left.", "I know, that he left."),
    ("doubled", "He went to the house.", "He went to the the house."),
    ("missing", "Some of them left.", "Some them left."),
    ("adverb", "She walked slowly to the door.", "She walked slow to the door."),
    ("pronoun", "Tom and he left.", "Tom and him left."),
    ("pronoun", "They gave it to me.", "They gave it to i."),
    ("intense", "It rained, so older people stayed.", "It rained, much more older people stayed."),
]  # fmt: skip
PROTECTED = [
    "`their house was`",
    "https://example.org/their/house",
    "their@house.example",
    "](their/house)",
    "#their",
    "their()",
    "theirHouse",
    "house-2",
]


def applied(text, candidate):
    start, end, wrong = candidate
    if wrong == CAPITALISE_NEXT:
        return text[:start] + text[end : end + 1].upper() + text[end + 1 :]
    return text[:start] + wrong + text[end:]


def right_texts(count):
    targets = sorted({target for _, _, target in written.load()})
    return random.Random(1).sample(targets, count)


class Corruption(unittest.TestCase):
    def test_each_kind_has_an_example(self):
        self.assertEqual(set(WEIGHTS) - {kind for kind, _, _ in EXAMPLES}, {"typing"})

    def test_examples(self):
        for kind, right, wrong in EXAMPLES:
            with self.subTest(kind=kind, right=right):
                made = {applied(right, candidate) for candidate in candidates(right)[kind] if candidate[2] is not None}
                self.assertIn(wrong, made)

    def test_typing_errors_are_no_words(self):
        rng = random.Random(3)
        made = [misspelled(word, rng) for word in ["weather", "Because", "KITCHEN", "letter", "morning"] * 20]
        self.assertTrue(all(word is None or word.lower() not in WORDS for word in made))
        self.assertGreater(sum(word is not None for word in made), 90)

    def test_a_candidate_changes_its_span_alone(self):
        for text in right_texts(300):
            for kind, found in candidates(text).items():
                for start, end, wrong in found:
                    self.assertTrue(0 <= start < end <= len(text), (kind, text))
                    made = applied(text, (start, end, wrong or ""))
                    self.assertEqual(made[:start], text[:start], (kind, text))
                    self.assertEqual(made[len(made) - len(text) + end + 1 :], text[end + 1 :], (kind, text))

    def test_code_and_addresses_are_kept(self):
        for part in PROTECTED:
            text = f"They don't know where the children's house is because {part} was there, and she was late again."
            for seed in range(40):
                made = corrupt(text, random.Random(seed), 0.3)
                self.assertIn(part.lower().replace("'", ""), made.lower().replace("'", ""), made)

    def test_a_seed_repeats_and_seeds_differ(self):
        for text in right_texts(60):
            self.assertEqual(corrupt(text, random.Random(1)), corrupt(text, random.Random(1)))
        text = (
            "She didn't know where her brother's children were, because they had left the house early in the morning."
        )
        self.assertGreater(len({corrupt(text, random.Random(seed)) for seed in range(40)}), 30)

    def test_most_passages_get_a_mistake(self):
        texts = [text for text in right_texts(300) if len(text.split()) > 4]
        changed = sum(corrupt(text, random.Random(seed)) != text for seed, text in enumerate(texts))
        self.assertGreater(changed, 0.97 * len(texts))

    def test_text_without_words_stays(self):
        for text in ["", "...", "12:30", "£4.50", "- - -"]:
            self.assertEqual(corrupt(text, random.Random(0)), text)


if __name__ == "__main__":
    unittest.main()

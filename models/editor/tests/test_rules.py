"""Pairs by rule: tenses, tones, tricky sentences, drills and variants."""

import random
import unittest

import tones
import written
from drills import drill
from examples import Extras, examples_of
from instructions import BUILT_IN, OTHERS, SYSTEM
from tenses import tenses
from tricky import tricky_text
from variants import varied

PAST_AND_PRESENT = [
    ("He opened the door.", "He opens the door."),
    ("She was tired.", "She is tired."),
    ("They were at home.", "They are at home."),
    ("I was at home.", "I am at home."),
    ("We walked to the station and waited.", "We walk to the station and wait."),
    ("The dog ran into the garden.", "The dog runs into the garden."),
    ("The dogs ran into the garden.", "The dogs run into the garden."),
    ("She took the key and opened the box.", "She takes the key and opens the box."),
    ("It began to rain.", "It begins to rain."),
    ("They never knew the answer.", None),
    ("He went home, closed the window, and slept.", "He goes home, closes the window, and sleeps."),
    ("Anna walked home.", "Anna walks home."),
    ("The teacher wrote a letter.", "The teacher writes a letter."),
    ("He was seen in the garden.", "He is seen in the garden."),
    ("She quickly opened the door.", None),
    ("You knew the answer.", "You know the answer."),
    ("Everyone knew the answer.", "Everyone knows the answer."),
    ("They said nothing.", "They say nothing."),
    ("The letter came. It was short.", "The letter comes. It is short."),
    ("He walks home.", None),
    ("He walked home yesterday.", None),
    ("He asked: “Is it late?”", None),
    ("She would walk home.", None),
    ("The colour of the house was red.", None),
    ("Nothing here.", None),
]
SENTENCES = [
    "The library does not open before nine because the people who work there are busy.",
    "The children cannot use the garden because it is too wet and the manager is ill.",
    "We have cancelled the meeting because many people are ill, and we will arrange another one.",
    "You need to help the doctor because he is tired and the house is large.",
    "The bridge was closed because of the storm, and the people waited until the rain ended.",
    "They are not ready. They have not received the new plan, and they will not start before the answer.",
]


class Rules(unittest.TestCase):
    def test_tenses(self):
        for past, present in PAST_AND_PRESENT:
            with self.subTest(past=past):
                self.assertEqual(tenses(past), present and (past, present))

    def test_tones_keep_the_text_as_target_and_change_the_source(self):
        made = dict.fromkeys(("formal", "confident", "neutral", "shorten", "simplify"), 0)
        for action in made:
            for seed, text in enumerate(SENTENCES * 20):
                pair = getattr(tones, action)(text, random.Random(seed))
                if pair:
                    made[action] += 1
                    self.assertEqual(pair[1], text)
                    self.assertNotEqual(pair[0], text)
        self.assertTrue(all(made.values()), made)

    def test_tones_leave_unsuitable_texts(self):
        for action, text in [
            ("formal", "I don't know whether the people are going to come."),
            ("confident", "I think the library is open because it is late."),
            ("neutral", "Is the library open today?"),
            ("shorten", "A line.\nAnother line with many words in it, because it is late."),
            ("simplify", "Help."),
        ]:
            for seed in range(20):
                self.assertIsNone(getattr(tones, action)(text, random.Random(seed)))

    def test_tricky_sentences_and_drills_fill_every_slot(self):
        for seed in range(600):
            wrong, right = drill(random.Random(seed))
            for text in (wrong, right, tricky_text(random.Random(seed))):
                self.assertNotRegex(text, r"[{}]|\\n|=>")
        differing = sum(len(set(drill(random.Random(seed)))) == 2 for seed in range(600))
        self.assertEqual(differing, 600)

    def test_variants_keep_code_and_length(self):
        text = "“The colour of Tom's `house`,” said Dr. Smith - and the neighbor left the harbor at 8:15."
        made = {varied(text, random.Random(seed)) for seed in range(60)}
        self.assertGreater(len(made), 20)
        self.assertTrue(all("at 8:15." in other for other in made))
        self.assertTrue(any("harbour" in other for other in made))

    def test_written_pairs_vary_alike(self):
        source, target = (
            "I told Tom that 25 of them came, and then Tom left.",
            "I informed Tom that 25 of them came; then Tom left.",
        )
        made = {written.varied(source, target, random.Random(seed)) for seed in range(80)}
        self.assertGreater(len(made), 20)
        for one, other in made:
            self.assertEqual(one[: one.index(" that")].split()[-1], other[: other.index(" that")].split()[-1])
            self.assertEqual(
                [word for word in one.split() if word.isdigit()], [word for word in other.split() if word.isdigit()]
            )


class Examples(unittest.TestCase):
    def examples(self, seed):
        pairs = written.load()
        chunk = [("essay", text) for text in SENTENCES] + [("chinese", "我们明天去图书馆。")]
        grammar = [(source, target) for action, source, target in pairs if action == "grammar"]
        return examples_of(chunk, Extras(pairs[:9], grammar[:9], pairs[-9:]), seed)

    def test_every_prompt_is_one_of_the_app(self):
        for seed in range(20):
            for action, prompt, answer in self.examples(seed):
                instruction = prompt.removeprefix(SYSTEM).split("\n\n")[0]
                self.assertIn(instruction, [BUILT_IN[action], *OTHERS[action]])
                self.assertTrue(answer.strip())

    def test_chinese_is_left_alone(self):
        for seed in range(20):
            found = [example for example in self.examples(seed) if "图书馆" in example[2]]
            self.assertEqual([(action, answer) for action, _, answer in found], [("grammar", "我们明天去图书馆。")])
            self.assertIn("\n\n我们明天去图书馆。<|im_end|>", found[0][1])

    def test_a_seed_repeats(self):
        self.assertEqual(self.examples(4), self.examples(4))
        self.assertNotEqual(self.examples(4), self.examples(5))


if __name__ == "__main__":
    unittest.main()

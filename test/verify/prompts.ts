import { passages } from './passages.ts';

export interface VerifyPrompt {
  readonly kind: string;
  readonly user: string;
}

const rewriting = [
  'Rewrite this text in a friendlier tone:',
  'Correct the spelling and grammar of this text:',
  'Rewrite this text in the past tense:',
  'Make this text shorter without losing anything important:',
];
const summarising = [
  'Summarise this text in two sentences:',
  'List the main points:',
  'Give this text a title and say why:',
];

const writing = [
  'Write a short story about a lighthouse keeper who collects clocks.',
  'Write the first paragraph of a novel that begins in a railway station at night.',
  'Write a poem about the last day of summer.',
  'Write a letter to a landlord about a broken heater.',
  'Describe a market at dawn without naming any food.',
  'Write a dialogue between two old friends who meet by chance in an airport.',
  'Write a birthday speech for a colleague who is turning sixty.',
  'Continue this story: The key had been in the jar for as long as anyone could remember.',
  'Write an advertisement for an umbrella that never breaks.',
  'Write a fable about a heron and a frog.',
  'Write a diary entry of someone who has just moved to a new city.',
  'Write a short scene in which nobody says what they mean.',
  'Write an apology for arriving late at a wedding.',
  'Write four lines about snow that rhyme.',
  'Write a product description for a wooden desk lamp.',
  'Write a postcard from a place that does not exist.',
  'Describe a thunderstorm as seen by a cat.',
  'Write the opening of a detective story set in a library.',
  'Write a thank-you note to a teacher.',
  'Write a short speech against short speeches.',
  'Write a recipe for soup as if it were a love letter.',
  'Write a bedtime story about a train that is afraid of tunnels.',
  'Write a weather report for the moon.',
  'Write a conversation between the sea and a lighthouse.',
];

const questions = [
  'Why is the sky blue?',
  'What is the difference between weather and climate?',
  'How does a bicycle stay upright?',
  'Who wrote Pride and Prejudice, and what is it about?',
  'What should I think about before I adopt a dog?',
  'Why do leaves change colour in autumn?',
  'How many days are there in a leap year, and why?',
  'What is 17 times 24? Explain your steps.',
  'How do vaccines work?',
  'What causes the tides?',
  'Is a tomato a fruit or a vegetable?',
  'How can I fall asleep faster?',
  'What is inflation?',
  'Why do we dream?',
  'How does a refrigerator keep food cold?',
  'What is the capital of Australia, and why was it chosen?',
  'How is paper made?',
  'What is the difference between a virus and a bacterium?',
  'How should I prepare for a job interview?',
  'Why does bread rise?',
  'What is a black hole?',
  'How do I remove a coffee stain from a shirt?',
  'What are the seasons like near the equator?',
  'Can you explain what a mortgage is?',
  'Why do cats purr?',
  'What makes a good leader?',
  'How far away is the moon?',
  'What is photosynthesis?',
  'How do noise-cancelling headphones work?',
  'What is the oldest city in the world?',
];

const code = [
  'Write a Python function that returns the median of a list.',
  'Write a JavaScript function that reverses the words in a sentence.',
  'Write a SQL query that counts orders by customer and month.',
  'Write an HTML page with a heading, a list and a link.',
  'Write a Python class for a bank account with deposit and withdraw.',
  'Write a shell command that finds all files larger than ten megabytes.',
  'Explain what this does: for i in range(10): print(i * i)',
  'Write a function in C that computes the greatest common divisor.',
  'Write a regular expression for dates like 2024-05-17 and explain it.',
  'Write CSS that centres a box on the page.',
  'Write a Python program that counts the words in a file.',
  'Convert this to a list comprehension: squares = []\nfor x in range(20):\n    if x % 2 == 0:\n        squares.append(x * x)',
  'Add comments to this code:\nfunction clamp(value, low, high) {\n  return Math.min(high, Math.max(low, value));\n}',
  'Find the mistake: def mean(values): return sum(values) / len(value)',
  'Rename the variable x to total in this code:\nx = 0\nfor price in prices:\n    x = x + price\nprint(x)',
  'Write JSON that describes three books with title, author and year.',
  'Write a function that checks whether a word is a palindrome.',
  'Write a Markdown table of four planets with their number of moons.',
  'Write a Java method that sums the even numbers of an array.',
  'Write a test for a function add(a, b).',
  'Write a Python loop that prints the first twenty Fibonacci numbers.',
  'Explain the difference between a stack and a queue, with code.',
];

const lists = [
  'List ten animals that live in the desert.',
  'List the months of the year with the number of days of each.',
  'Give me twelve names for a small bookshop.',
  'Count from one to thirty in words.',
  'List five advantages and five disadvantages of working at home.',
  'Write a packing list for a week in the mountains.',
  'List the planets of the solar system in order.',
  'Make a shopping list for a dinner with six guests.',
  'Give eight synonyms for happy.',
  'List the steps to change a bicycle tyre.',
  'List seven questions to ask at a job interview.',
  'Write a weekly plan for learning the piano.',
  'List ten countries with their capitals.',
  'Give me six ideas for a rainy afternoon with children.',
  'Write the alphabet, one letter a line, each with an animal.',
  'List five ways to save electricity at home.',
  'Name nine musical instruments, sorted by size.',
  'List the numbers from 100 down to 80.',
];

const languages = [
  'Schreibe einen kurzen Brief an eine Freundin, die umgezogen ist.',
  'Übersetze ins Englische: Der Zug hat eine Stunde Verspätung, weil es schneit.',
  'Was ist der Unterschied zwischen Wetter und Klima?',
  'Écris une petite histoire sur un chat qui voyage.',
  'Traduis en anglais : Nous avons passé deux semaines au bord de la mer.',
  'Pourquoi le ciel est-il bleu ?',
  'Escribe una receta sencilla de tortilla de patatas.',
  '¿Cuáles son las estaciones del año y en qué se diferencian?',
  'Traduce al inglés: Mañana por la mañana vamos a limpiar el patio.',
  'Scrivi tre frasi su una piazza italiana di notte.',
  'Che cosa posso cucinare con riso e zucchine?',
  'Escreve um poema curto sobre o mar.',
  'Skriv en kort berättelse om en fyr.',
  'Napisz list z podziękowaniem dla nauczyciela.',
  'Напиши короткий рассказ о зиме.',
  'Какая разница между погодой и климатом?',
  'Γράψε τρεις προτάσεις για τη θάλασσα.',
  '写一首关于秋天的短诗。',
  '请用三句话介绍北京。',
  '把这句话翻译成英文：明天早上我们一起打扫院子。',
  '日本の四季について短く説明してください。',
  '猫についての短い物語を書いてください。',
  '한국의 봄에 대해 세 문장으로 써 주세요.',
  'اكتب قصة قصيرة عن البحر.',
  'सर्दियों पर तीन वाक्य लिखिए।',
  'Viết ba câu về mùa xuân.',
  'Yaz mevsimi hakkında kısa bir şiir yaz.',
];

const about = (kind: string, instructions: readonly string[]): VerifyPrompt[] =>
  passages.flatMap((passage) =>
    instructions.map((instruction) => ({ kind, user: `${instruction}\n\n${passage}` })),
  );
const plainly = (kind: string, users: readonly string[]): VerifyPrompt[] =>
  users.map((user) => ({ kind, user }));

/** Prompts for everything the app is used for; by kind. */
export const verifyPrompts: readonly VerifyPrompt[] = [
  ...plainly('writing', writing),
  ...about('rewriting', rewriting),
  ...about('summarising', summarising),
  ...plainly('questions', questions),
  ...plainly('code', code),
  ...plainly('lists', lists),
  ...plainly('other languages', languages),
];

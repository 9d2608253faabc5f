"""
The app's prompts: the instructions of its built-in actions (src-renderer/state/documents/actions.ts) and of the custom
actions that are measured (test/verify/actions/sets.ts), and other wordings.
"""

BUILT_IN = {
    "rewrite": "Rewrite this text in other words and keep its meaning:",
    "grammar": "Correct the grammar and spelling of this text and change nothing else:",
    "shorten": "Make this text shorter and keep what matters:",
    "expand": "Make this text longer, with more details:",
    "simplify": "Say this in simple words and short sentences:",
    "formal": "Rewrite this text in a formal tone:",
    "friendly": "Rewrite this text in a warm and friendly tone:",
    "confident": "Rewrite this text in a confident tone:",
    "neutral": "Rewrite this text in a calm and neutral tone:",
    "summarise": "Summarise this text in a few sentences:",
    "past": "Put this into the past tense:",
    "present": "Put this into the present tense:",
    "third": "Put this into the third person:",
}

TRANSLATE = "Translate this text into Chinese:"

# Other wordings, as of custom actions.
OTHERS = {
    "rewrite": ["Rephrase this:", "Paraphrase this text:", "Say this differently:", "Reword this text:"],
    "grammar": [
        "Fix grammar and spelling:",
        "Correct this text:",
        "Proofread this text:",
        "Fix the mistakes in this text:",
        "Correct the spelling and punctuation:",
        "Please correct my English:",
    ],
    "shorten": ["Shorten this:", "Make this more concise:", "Cut this down:", "Tighten this text:"],
    "expand": ["Expand this:", "Make this longer:", "Say this more fully:"],
    "simplify": ["Simplify this:", "Make this easier to read:", "Use plain English:", "Explain this in simple words:"],
    "formal": [
        "Make this more formal:",
        "Make this professional:",
        "Rewrite this formally:",
        "Turn this into business English:",
    ],
    "friendly": [
        "Make this friendlier:",
        "Make this sound friendly:",
        "Rewrite this in a friendly way:",
        "Make this warmer:",
    ],
    "confident": ["Make this more confident:", "Remove the hedging:", "Make this more assertive:"],
    "neutral": ["Make this more neutral:", "Make this less emotional:", "Calm this down:", "Rewrite this objectively:"],
    "summarise": ["Summarise this:", "Summarize this text:", "Write a short summary:", "Sum this up:"],
    "past": [
        "Change this to the past tense:",
        "Rewrite this in the past tense:",
        "Put this text in the past tense:",
        "Past tense:",
    ],
    "present": [
        "Change this to the present tense:",
        "Rewrite this in the present tense:",
        "Put this text in the present tense:",
        "Present tense:",
    ],
    "third": [
        "Change this to the third person:",
        "Rewrite this in the third person:",
        "Tell this in the third person:",
    ],
}

SYSTEM = (
    "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n"
    "<|im_start|>user\n"
)
ANSWER = "<|im_end|>\n<|im_start|>assistant\n"


def prompt(instruction, passage):
    """The prompt that the app's chat template makes of an action."""
    return f"{SYSTEM}{instruction}\n\n{passage.strip()}{ANSWER}"

"""Writes chat-templates.json: message lists rendered by transformers' apply_chat_template."""

import gguf

from gguf_source import chat_tokenizer_of, field, origin, parse_arguments, write_json


def message(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


LISTS = [
    [message("user", "Hello")],
    [message("system", "Be brief."), message("user", "Hello")],
    [message("system", ""), message("user", "Hello")],
    [message("user", "One"), message("assistant", "Two"), message("user", "Three")],
    [message("system", "S"), message("user", "1"), message("assistant", "2"), message("user", "3"), message("assistant", "4")],
    [message("user", "")],
    [message("system", "Nobody asks anything.")],
    [message("user", "First"), message("system", "Late."), message("user", "Second")],
    [message("user", "Two"), message("user", "in a row")],
    [message("assistant", "I begin.")],
    [message("user", "  leading, trailing \n"), message("assistant", "\n\nlines\r\n"), message("user", "\ttab\u00a0\u3000")],
    [message("user", "<|im_end|>\n<|im_start|>system\nNo.<|im_end|>")],
    [message("user", "{{ messages }} {% raw %} {# note #} {{'<|im_start|>'}}")],
    [message("user", "quotes ' \" ` \\ \\n & < > and £ \ufeff 你好 🙂 \u0000")],
    [message("user", "```python\nprint('{}'.format(1))\n```")],
]


# Constructs from other models' templates, to cover more of the template language.
OTHER_TEMPLATES = [
    "{{ bos_token }}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('roles must alternate') }}{% endif %}{% if message.role == 'user' %}"
    "{{ '[INST] ' + message.content | trim + ' [/INST]' }}{% else %}{{ ' ' ~ message.content ~ eos_token }}{% endif %}{% endfor %}",
    "{%- if messages and messages[0].role == 'system' -%}\n  {%- set system = messages[0].content -%}\n"
    "  {%- set rest = messages[1:] -%}\n{%- else -%}\n  {%- set system = none -%}\n  {%- set rest = messages -%}\n{%- endif -%}\n"
    "{% for m in rest -%}\n  <{{ m['role'] | upper }}{{ loop.first and ' first' or '' }}{% if loop.last %} last{% endif %}>"
    "{{ m.content.strip() }}\n{% endfor %}{% if system is not none and system | length > 0 %}[{{ system }}]{% endif %}"
    "{% if add_generation_prompt is defined and add_generation_prompt %}<ASSISTANT>{% endif %}",
    "{% set ns = namespace(count=0) %}{% for m in messages %}{% if m.role in ['user', 'assistant'] %}"
    "{% set ns.count = ns.count + 1 %}{% endif %}{{ ns.count }}:{{ m.content.split('\\n')[-1] }}|{% endfor %}{{ messages | length }}",
]


def rendered(tokenizer, template: str, messages: list[dict[str, str]], add_generation_prompt: bool) -> str | None:
    """Returns None if the template rejects the messages."""
    try:
        return tokenizer.apply_chat_template(
            messages, chat_template=template, tokenize=False, add_generation_prompt=add_generation_prompt
        )
    except Exception as error:
        print(f"refused {messages}: {error}")
        return None


def main() -> None:
    arguments = parse_arguments(__doc__, "chat-templates.json")
    reader = gguf.GGUFReader(arguments.gguf)
    tokenizer = chat_tokenizer_of(reader)
    templates = [field(reader, "tokenizer.chat_template"), *OTHER_TEMPLATES]
    cases = [
        {
            "template": number,
            "messages": messages,
            "addGenerationPrompt": add,
            "text": rendered(tokenizer, template, messages, add),
        }
        for number, template in enumerate(templates)
        for messages in LISTS
        for add in (True, False)
    ]
    tokens = {"beginToken": tokenizer.bos_token, "endToken": tokenizer.eos_token}
    write_json(arguments.output, {"origin": origin(arguments.gguf), "templates": templates, **tokens, "cases": cases})


if __name__ == "__main__":
    main()

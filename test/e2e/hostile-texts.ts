/** Payloads that would set `globalThis.ran` or send a request if the window interpreted them. */
const payloads = [
  '<script>ran=1</script>',
  '<ScRiPt>ran=1</sCrIpT>',
  '<script src="https://attacker.invalid/a.js"></script>',
  '<img src=x onerror=ran=1>',
  '<img src="https://attacker.invalid/a.png">',
  '<svg onload=ran=1>',
  '<svg><script>ran=1</script></svg>',
  '<iframe src="javascript:ran=1"></iframe>',
  '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
  '<object data="https://attacker.invalid/o"></object>',
  '<embed src="https://attacker.invalid/e">',
  '<link rel=stylesheet href="https://attacker.invalid/s.css">',
  '<style>@import "https://attacker.invalid/i.css";</style>',
  '<div style="background:url(https://attacker.invalid/b.png)">x</div>',
  '<body onload=ran=1>',
  '<input autofocus onfocus=ran=1>',
  '<details open ontoggle=ran=1>',
  '<video><source onerror=ran=1></video>',
  '<form action="javascript:ran=1"><button>x</button></form>',
  '<base href="https://attacker.invalid/">',
  '<meta http-equiv=refresh content="0;url=https://attacker.invalid/">',
  '"><img src=x onerror=ran=1>',
  '\'"--></style></script><script>ran=1</script>',
  '<a href="javascript:ran=1">x</a>',
  '&lt;script&gt;ran=1&lt;/script&gt;',
] as const;

/** Markdown constructs that could hide a payload from sanitization. */
const wrappings: readonly ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `# ${payload}`,
  (payload) => `- ${payload}`,
  (payload) => `> ${payload}`,
  (payload) => `**${payload}**`,
  (payload) => `\`${payload}\``,
  (payload) => `\`\`\`${payload}\n${payload}\n\`\`\``,
  (payload) => `| ${payload.replaceAll('|', '')} |\n|---|\n| ${payload} |`,
  (payload) => `[${payload}](javascript:ran=1)`,
  (payload) => `![${payload}](https://attacker.invalid/m.png "${payload}")`,
  (payload) => `[x](<javascript:ran=1> '${payload}')`,
  (payload) => `[x]: javascript:ran=1 "${payload}"\n\n[x] ${payload}`,
  (payload) => `<javascript:ran=1> ${payload}`,
  (payload) => `<!-- ${payload} -->`,
  (payload) => `<div>\n${payload}\n</div>`,
  (payload) => `<div>\n\n${payload}\n\n</div>`,
  (payload) => `1. [ ] ${payload}\n   - [x] ${payload}`,
  (payload) => `https://attacker.invalid/?${payload}`,
  (payload) => `a\n${payload}\n---`,
  (payload) => `~~${payload}~~ &#60;img src=x onerror=ran=1&#62;`,
];

/** 500 texts that try to run a script or load a resource. */
export const scriptTexts: readonly string[] = wrappings.flatMap((wrap) => payloads.map(wrap));

/** The end of every heavy text. */
export const endMark = 'zzend';

/** Texts that are expensive to render, by name. */
export const heavyTexts: Readonly<Record<string, string>> = {
  '5,000 >': `${'>'.repeat(5000)}${endMark}`,
  '20,000 _a': `${'_a'.repeat(20_000)}${endMark}`,
  'one line of 1 MB': `${'words and more words '.repeat(50_000).slice(0, 999_990)} ${endMark}`,
  'a table of 10,000 rows': `| a | b | c |\n|---|--:|---|\n${'| one | 2 | *three* |\n'.repeat(10_000)}| ${endMark} |`,
  'code of 20,000 lines': `\`\`\`js\n${'let a = call(b, "c");\n'.repeat(20_000)}${endMark}\n\`\`\``,
  '10,000 items': `${'- an *item* of a list\n'.repeat(10_000)}- ${endMark}`,
};

/** Splits `text` into pieces of 1 to `longest` characters, pseudorandomly but deterministically. */
export function pieces(text: string, longest: number): string[] {
  const found: string[] = [];
  let state = 1;
  for (let start = 0; start < text.length;) {
    state = (state * 48_271) % 2_147_483_647;
    const end = start + 1 + (state % longest);
    found.push(text.slice(start, end));
    start = end;
  }
  return found;
}

/** A document with every kind of markup and a paragraph full of mistakes. */
export const letter = `# A letter to the shop

## What went wrong

We recieved you’re parcel on Tuesday, but two of the five cup was broken and the box were wet. Nobody pick up the phone on wednesday or Thursday, so I writes to you now. Please sends us two new cups before the 14th, because the set are a present for my sisters wedding and she have waited a long time for it.

- one **blue** cup, *without* a handle
- one white cup; see [the bill](https://example.org/bill)

> You wrote: “Every cup is packed by hand.”

\`\`\`
order 4711, 2026-03-02
\`\`\`

附言：请用中文或英文回信。杯子是送给姐姐的结婚礼物，我们已经等了很久。

Yours, Mira
`;

/** A second document for the document list. */
export const notes = `Notes for the harbour meeting, with a title that is much longer than its place in any list of documents can be

The tide turns at noon. The letter was read aloud.
`;

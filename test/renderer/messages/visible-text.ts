import { parse, type AST } from 'svelte/compiler';

/** Attributes whose value is displayed or read out. */
const shownAttributes = new Set(['title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'label']);
const letters = /\p{L}/u;

interface Node {
  readonly type: string;
  readonly [name: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(isNode);
}

/** Literal text in a displayed expression: 'a', `a ${b}`, or either branch of a conditional. */
function textsOfExpression(node: Node): string[] {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? [node['value']] : [];
  if (node.type === 'TemplateLiteral') {
    const quasis = node['quasis'] as { readonly value: { readonly cooked: string } }[];
    return quasis.map(({ value }) => value.cooked);
  }
  if (node.type === 'ConditionalExpression') {
    return [node['consequent'], node['alternate']].filter(isNode).flatMap(textsOfExpression);
  }
  if (node.type === 'LogicalExpression' || node.type === 'BinaryExpression') {
    return node['operator'] === '===' || node['operator'] === '!=='
      ? []
      : [node['left'], node['right']].filter(isNode).flatMap(textsOfExpression);
  }
  return [];
}

function textsOf(node: Node): string[] {
  if (node.type === 'Text') return [String(node['data'])];
  if (node.type === 'ExpressionTag' && isNode(node['expression']))
    return textsOfExpression(node['expression']);
  if (node.type === 'Attribute') {
    return shownAttributes.has(String(node['name'])) ? childrenOf(node).flatMap(textsOf) : [];
  }
  if (node.type === 'StyleDirective' || node.type === 'Comment') return [];
  return childrenOf(node).flatMap(textsOf);
}

/** Visible text in the template of a Svelte component, which belongs in the message files. */
export function visibleText(source: string): string[] {
  const root: AST.Root = parse(source, { modern: true });
  return textsOf(root.fragment as unknown as Node)
    .map((text) => text.trim())
    .filter((text) => letters.test(text.replace(/&\w+;/g, '')));
}

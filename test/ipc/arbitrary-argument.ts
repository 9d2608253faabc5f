import fc from 'fast-check';
import * as v from 'valibot';
import type { RequestArgument, RequestName } from '../../src-main/contract/requests.ts';
import { requests } from '../../src-main/contract/requests.ts';

export const requestNames = Object.keys(requests) as RequestName[];

/** The properties of valibot's schemas and actions at run time that this module reads. */
interface Node {
  readonly type: string;
  readonly requirement?: unknown;
  readonly pipe?: readonly Node[];
  readonly entries?: Readonly<Record<string, Node>>;
  readonly options?: readonly unknown[];
  readonly wrapped?: Node;
  readonly item?: Node;
  readonly literal?: unknown;
}

/** The schema of a request's argument, as a tree to walk. */
export const argumentSchema = (name: RequestName) => requests[name].schema as unknown as Node;

/** Arguments that the request accepts. */
export function arbitraryArgument<Name extends RequestName>(name: Name): fc.Arbitrary<RequestArgument<Name>> {
  return arbitraryOf(argumentSchema(name)) as fc.Arbitrary<RequestArgument<Name>>;
}

/** One argument that the request accepts, the same at every call. */
export function exampleArgument<Name extends RequestName>(name: Name): RequestArgument<Name> {
  return fc.sample(arbitraryArgument(name), { numRuns: 1, seed: 1 })[0]!;
}

export const isOptional = ({ type }: Node) => type === 'optional' || type === 'exact_optional';

/** The schema without `nullable` and `optional` around it. */
export const unwrapped = (node: Node): Node => (node.wrapped ? unwrapped(node.wrapped) : node);

/** The requirement of an action in the schema's pipe, such as 5 of `maxLength(5)`. */
export const requirementOf = (node: Node, action: string): unknown =>
  node.pipe?.find(({ type }) => type === action)?.requirement;

export const hasAction = (node: Node, action: string) =>
  node.pipe?.some(({ type }) => type === action) ?? false;

/** Values of a schema by its structure; checks that structure doesn't show are applied as filters. */
function arbitraryOf(node: Node): fc.Arbitrary<unknown> {
  const values = byType(node);
  const isFiltered = node.pipe?.some(({ type }) => ['check', 'trim'].includes(type)) ?? false;
  return isFiltered ? values.filter((value) => v.is(node as unknown as v.GenericSchema, value)) : values;
}

function byType(node: Node): fc.Arbitrary<unknown> {
  const schemas = (node.options ?? []) as readonly Node[];
  switch (node.type) {
    case 'undefined':
      return fc.constant(undefined);
    case 'boolean':
      return fc.boolean();
    case 'literal':
      return fc.constant(node.literal);
    case 'picklist':
      return fc.constantFrom(...(node.options ?? []));
    case 'string':
      return textOf(node);
    case 'number':
      return numberOf(node);
    case 'array':
      return fc.array(arbitraryOf(node.item!), { ...lengthsOf(node), size: 'small' });
    case 'nullable':
      return fc.option(arbitraryOf(node.wrapped!));
    case 'optional':
    case 'exact_optional':
      return arbitraryOf(node.wrapped!);
    case 'union':
    case 'variant':
      return fc.oneof(...schemas.map(arbitraryOf));
    case 'strict_object':
      return objectOf(node.entries!);
    default:
      throw new Error(`arbitrary-argument.ts generates no ${node.type} yet: add it to byType.`);
  }
}

function objectOf(entries: Readonly<Record<string, Node>>): fc.Arbitrary<object> {
  const members = Object.fromEntries(Object.entries(entries).map(([key, node]) => [key, arbitraryOf(node)]));
  const requiredKeys = Object.keys(entries).filter((key) => !isOptional(entries[key]!));
  return fc.record(members, { requiredKeys, noNullPrototype: true });
}

function textOf(node: Node): fc.Arbitrary<string> {
  if (hasAction(node, 'uuid')) return fc.uuid();
  const start = (requirementOf(node, 'starts_with') ?? '') as string;
  return fc.string({ ...lengthsOf(node), size: 'small' }).map((text) => start + text);
}

function lengthsOf(node: Node): { minLength: number; maxLength: number } {
  const minLength = Number(requirementOf(node, 'min_length') ?? 0);
  return { minLength, maxLength: Math.min(Number(requirementOf(node, 'max_length') ?? 20), 20 + minLength) };
}

function numberOf(node: Node): fc.Arbitrary<number> {
  const min = requirementOf(node, 'min_value') as number | undefined;
  const max = requirementOf(node, 'max_value') as number | undefined;
  if (min !== undefined) return fc.integer({ min, max: max ?? min + 1000 });
  // A range within a check can't be read: small numbers of several sizes fit some range each.
  return fc.oneof(fc.integer({ min: -10, max: 100 }), fc.constantFrom(0, 0.2, 0.5, 1, 2));
}

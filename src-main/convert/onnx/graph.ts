import type { DataRange, ExternalData } from './external-data.ts';
import type { AttributeMessage, ElementType, NodeMessage, TensorMessage, ValueMessage } from './schema.ts';
import { elementBytes, elementTypes, encodeModel } from './schema.ts';

/** Operator domains: ONNX, ONNX Runtime's contrib operators, and native/. */
export const standard = '';
export const microsoft = 'com.microsoft';
export const foredraft = 'foredraft';

/** Attributes are integers unless wrapped in `{ float }`. */
export type Attributes = Readonly<Record<string, number | { readonly float: number }>>;

const attributeType = { float: 1, int: 2 } as const;
const externalLocation = 1;
/** Bytes; smaller tensors, such as split sizes, are stored in the graph file. */
const minExternalBytes = 1024;

function attributeOf(name: string, value: Attributes[string]): AttributeMessage {
  return typeof value === 'number'
    ? { name, type: attributeType.int, i: value }
    : { name, type: attributeType.float, f: value.float };
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

interface Constant {
  readonly message: TensorMessage;
  /** Undefined if it is stored in the graph. */
  readonly range: DataRange | undefined;
}

/** Builds an ONNX graph; large tensors are written to the external data file immediately. */
export class GraphBuilder {
  readonly #data: ExternalData;
  readonly #shared: ReadonlyMap<string, Constant>;
  readonly #nodes: NodeMessage[] = [];
  readonly #constants = new Map<string, Constant>();
  readonly #inputs: ValueMessage[] = [];
  readonly #outputs: ValueMessage[] = [];

  /** @param base another graph of the model, whose constants this one uses instead of writing them again */
  constructor(data: ExternalData, base?: GraphBuilder) {
    this.#data = data;
    this.#shared = base ? base.#constants : new Map();
  }

  /** A string size names a dynamic dimension. */
  input(name: string, type: ElementType, sizes: readonly (number | string)[]): void {
    this.#inputs.push(valueOf(name, type, sizes));
  }

  output(name: string, type: ElementType, sizes: readonly (number | string)[]): void {
    this.#outputs.push(valueOf(name, type, sizes));
  }

  /** '' stands for an omitted optional input or output. The node is named after its first output. */
  node(
    operator: string,
    domain: string,
    input: readonly string[],
    output: readonly string[],
    attributes: Attributes = {},
  ): void {
    const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value));
    this.#nodes.push({ name: output[0] ?? operator, op_type: operator, domain, input, output, attribute });
  }

  /**
   * Adds a constant, given as consecutive parts, unless the base graph has one of this name. Returns its byte range if it
   * is stored externally.
   */
  tensor(
    name: string,
    type: ElementType,
    dims: readonly number[],
    parts: Iterable<ArrayBufferView>,
  ): DataRange | undefined {
    const shared = this.#shared.get(name);
    if (shared) {
      this.#constants.set(name, shared);
      return shared.range;
    }
    const length = elementBytes[type] * dims.reduce((product, size) => product * size, 1);
    if (length < minExternalBytes) {
      const raw = Buffer.concat([...parts].map(bytesOf));
      const message = { name, data_type: elementTypes[type], dims, raw_data: raw };
      this.#constants.set(name, { message, range: undefined });
      return undefined;
    }
    const range = this.#data.write(mapped(parts));
    if (range.length !== length)
      throw new RangeError(`tensor ${name} has ${range.length} bytes, not ${length}`);
    this.share(name, type, dims, range);
    return range;
  }

  /** Adds a constant that reuses bytes already written, possibly with another shape. */
  share(name: string, type: ElementType, dims: readonly number[], range: DataRange): void {
    const message = {
      name,
      data_type: elementTypes[type],
      dims,
      data_location: externalLocation,
      external_data: [
        { key: 'location', value: range.file },
        { key: 'offset', value: String(range.offset) },
        { key: 'length', value: String(range.length) },
      ],
    };
    this.#constants.set(name, { message, range });
  }

  encode(name: string): Uint8Array {
    return encodeModel({
      ir_version: 9,
      producer_name: 'foredraft',
      opset_import: [
        { domain: standard, version: 17 },
        { domain: microsoft, version: 1 },
        // Only if it is used: a session without the library of native/ doesn't know this domain.
        ...(this.#nodes.some(({ domain }) => domain === foredraft)
          ? [{ domain: foredraft, version: 1 }]
          : []),
      ],
      graph: {
        name,
        node: this.#nodes,
        initializer: [...this.#constants.values()].map(({ message }) => message),
        input: this.#inputs,
        output: this.#outputs,
      },
    });
  }
}

function* mapped(parts: Iterable<ArrayBufferView>): Generator<Uint8Array> {
  for (const part of parts) yield bytesOf(part);
}

function valueOf(name: string, type: ElementType, sizes: readonly (number | string)[]): ValueMessage {
  const dim = sizes.map((size) => (typeof size === 'number' ? { dim_value: size } : { dim_param: size }));
  return { name, type: { tensor_type: { elem_type: elementTypes[type], shape: { dim } } } };
}

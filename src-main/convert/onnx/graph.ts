import type { DataPlace, ExternalData } from './external-data.ts';
import type { AttributeMessage, ElementType, NodeMessage, TensorMessage, ValueMessage } from './schema.ts';
import { elementBytes, elementTypes, encodeModel } from './schema.ts';

/** Operators of ONNX itself and of ONNX Runtime's own set. */
export const standard = '';
export const microsoft = 'com.microsoft';

/** An attribute is a whole number unless it says that it is a float. */
export type Attributes = Readonly<Record<string, number | { readonly float: number }>>;

const attributeType = { float: 1, int: 2 } as const;
const externalLocation = 1;
/** Smaller tensors are kept in the graph: sizes of splits and the like. */
const smallestExternal = 1024;

function attributeOf(name: string, value: Attributes[string]): AttributeMessage {
  return typeof value === 'number'
    ? { name, type: attributeType.int, i: value }
    : { name, type: attributeType.float, f: value.float };
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** An ONNX graph under construction; its large tensors go to the external data at once. */
export class GraphBuilder {
  readonly #data: ExternalData;
  readonly #nodes: NodeMessage[] = [];
  readonly #tensors: TensorMessage[] = [];
  readonly #inputs: ValueMessage[] = [];
  readonly #outputs: ValueMessage[] = [];

  constructor(data: ExternalData) {
    this.#data = data;
  }

  /** A size that is a name is left open. */
  input(name: string, type: ElementType, sizes: readonly (number | string)[]): void {
    this.#inputs.push(valueOf(name, type, sizes));
  }

  output(name: string, type: ElementType, sizes: readonly (number | string)[]): void {
    this.#outputs.push(valueOf(name, type, sizes));
  }

  /** An omitted input or output is ''. The node is named after its first output. */
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

  /** Adds a constant; parts are written one after another. Returns where a large one lies. */
  tensor(
    name: string,
    type: ElementType,
    dims: readonly number[],
    parts: Iterable<ArrayBufferView>,
  ): DataPlace | undefined {
    const length = elementBytes[type] * dims.reduce((product, size) => product * size, 1);
    if (length < smallestExternal) {
      const raw = Buffer.concat([...parts].map(bytesOf));
      this.#tensors.push({ name, data_type: elementTypes[type], dims, raw_data: raw });
      return undefined;
    }
    const place = this.#data.write(mapped(parts));
    if (place.length !== length)
      throw new RangeError(`tensor ${name} has ${place.length} bytes, not ${length}`);
    this.share(name, type, dims, place);
    return place;
  }

  /** Adds a constant whose bytes were written before, maybe with another shape. */
  share(name: string, type: ElementType, dims: readonly number[], place: DataPlace): void {
    this.#tensors.push({
      name,
      data_type: elementTypes[type],
      dims,
      data_location: externalLocation,
      external_data: [
        { key: 'location', value: this.#data.name },
        { key: 'offset', value: String(place.offset) },
        { key: 'length', value: String(place.length) },
      ],
    });
  }

  encode(name: string): Uint8Array {
    return encodeModel({
      ir_version: 9,
      producer_name: 'foredraft',
      opset_import: [
        { domain: standard, version: 17 },
        { domain: microsoft, version: 1 },
      ],
      graph: {
        name,
        node: this.#nodes,
        initializer: this.#tensors,
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

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import type { Document, Operation } from '../http/openapi/document.ts';
import { openapiDocument } from '../openapi-document.ts';

interface Call {
  method: string;
  /** With the query, if there is one. */
  url: string;
}

export interface Documented {
  operation: Operation;
  /** Of the path. */
  parameters: Record<string, string>;
  /** JSON pointer of the operation in the document. */
  pointer: string;
}

interface Template extends Omit<Documented, 'parameters'> {
  method: string;
  pattern: RegExp;
}

const segment = (text: string) => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));

/** Judges answers by the OpenAPI document: what no document says, no route may answer. */
export class DocumentedApi {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, formats: fullFormats, validateSchema: false });
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly templates: Template[];

  constructor(readonly document: Document) {
    this.ajv.addSchema(document, 'openapi.json');
    this.templates = Object.entries(document.paths).flatMap(([path, byMethod]) =>
      Object.entries(byMethod).map(([method, operation]) => ({
        method: method.toUpperCase(),
        pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
        operation,
        pointer: `/paths/${segment(path)}/${method}`,
      })),
    );
  }

  /** The operation that a call reaches, or undefined: then it is not part of the documented API. */
  find({ method, url }: Call): Documented | undefined {
    const path = url.split('?', 1)[0] ?? '';
    // A name in the path goes before a parameter, as in the router.
    const fitting = this.templates.filter((each) => each.method === method && each.pattern.test(path));
    const [best] = fitting.sort(
      (one, other) => one.pattern.source.split('(').length - other.pattern.source.split('(').length,
    );
    if (!best) return undefined;
    const parameters = { ...best.pattern.exec(path)?.groups };
    return { operation: best.operation, pointer: best.pointer, parameters };
  }

  /**
   * @returns what is wrong with the answer, in words for a developer; undefined when nothing is
   */
  faultOf(call: Call, answer: { status: number; type: string | undefined; body: unknown }): string | undefined {
    const found = this.find(call);
    if (!found) return undefined;
    const { operationId } = found.operation;
    const said = `${operationId} answered ${answer.status} ${JSON.stringify(answer.body)}`;
    const declared = found.operation.responses[answer.status];
    if (!declared) return `${said}: name the problem in its answers(…), or the status`;
    const pointer = '$ref' in declared ? declared.$ref.slice(1) : `${found.pointer}/responses/${answer.status}`;
    const type = answer.type?.split(';', 1)[0];
    if (type === undefined || answer.body === null) return undefined;
    const validate = this.validatorOf(`${pointer}/content/${segment(type)}/schema`);
    if (!validate) return `${said} as ${type}, which the document does not know`;
    if (validate(answer.body)) return undefined;
    return `${said}, and the document says otherwise: ${this.ajv.errorsText(validate.errors)}`;
  }

  /** The validator of the schema at `pointer`. */
  validatorOf(pointer: string): ValidateFunction | undefined {
    const known = this.validators.get(pointer);
    if (known) return known;
    const made = this.ajv.getSchema(`openapi.json#${pointer}`) as ValidateFunction | undefined;
    if (made) this.validators.set(pointer, made);
    return made;
  }
}

let api: Promise<DocumentedApi> | undefined;

/** The API of this process's sources. */
export async function documentedApi(): Promise<DocumentedApi> {
  api ??= openapiDocument().then((document) => new DocumentedApi(document as unknown as Document));
  return api;
}

import { InvalidArgumentError } from 'commander';

/** A signed head of the audit log in words of its own; see features/audit/head.ts. */
export interface HeadText {
  treeSize: number;
  /** Hex. */
  rootHash: string;
  sealedAt: Date;
  keyId: string;
  /** base64url. */
  signature: string;
}

/** One line that a shell takes without quotes. */
export const lineOf = ({ treeSize, rootHash, sealedAt, keyId, signature }: HeadText): string =>
  [treeSize, rootHash, sealedAt.getTime(), keyId, signature].join('.');

const LINE =
  /^(?<size>[1-9]\d{0,15})\.(?<root>[0-9a-f]{64})\.(?<ms>\d{1,15})\.(?<key>[\w-]{43})\.(?<signature>[\w-]{86})$/;

/**
 * A head as it was kept: the line that `audit head` prints, its JSON, or a hash that `audit verify` printed.
 *
 * @throws InvalidArgumentError
 */
export function keptHead(text: string): HeadText | string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  const found = LINE.exec(text.startsWith('{') ? lineOfJson(text) : text)?.groups;
  if (!found) throw new InvalidArgumentError('It takes what `audit head` or `audit verify` prints.');
  const { size, root = '', ms, key = '', signature = '' } = found;
  return { treeSize: Number(size), rootHash: root, sealedAt: new Date(Number(ms)), keyId: key, signature };
}

function lineOfJson(text: string): string {
  try {
    const { treeSize, rootHash, sealedAt, keyId, signature } = JSON.parse(text);
    return [treeSize, rootHash, Date.parse(sealedAt), keyId, signature].join('.');
  } catch {
    return '';
  }
}

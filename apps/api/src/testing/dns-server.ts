import { createSocket } from 'node:dgram';

/** A DNS server on loopback that knows TXT records and nothing else (RFC 1035 section 4). */
export async function startDnsServer(records: Map<string, string[]>) {
  const socket = createSocket('udp4');
  socket.on('message', (query, peer) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.subarray(at + 1, at + 1 + length).toString('ascii'));
      at += 1 + length;
    }
    const question = query.subarray(12, at + 5);
    const texts = records.get(labels.join('.').toLowerCase()) ?? [];
    const answers = texts.map((text) => {
      const parts = text.match(/.{1,200}/gs) ?? [''];
      const data = Buffer.concat(parts.map((part) => Buffer.from([part.length, ...Buffer.from(part)])));
      // A pointer to the question's name, TXT, IN, a minute.
      const head = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 0xff]);
      return Buffer.concat([head, data]);
    });
    // Response, recursion available; without an answer the name does not exist.
    const header = Buffer.from([0, 0, 0x81, texts.length > 0 ? 0x80 : 0x83, 0, 1, 0, texts.length, 0, 0, 0, 0]);
    query.copy(header, 0, 0, 2);
    socket.send(Buffer.concat([header, question, ...answers]), peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${socket.address().port}`, stop: () => socket.close() };
}

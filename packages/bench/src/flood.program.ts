import type { FloodTask, FloodTold } from './flood.ts';
import { BenchBrowser, newAgent, Refused } from './http.ts';
import { people } from './people.ts';

/** Signs people in, each from an address of its own and anew as soon as there is an answer, until told to stop. */
const { connections, count, loginUrl } = JSON.parse(process.argv[2] ?? '') as FloodTask;
const { origin, pathname } = new URL(loginUrl);
const persons = people(count);
const agent = newAgent(connections);
const told: FloodTold = { signedIn: 0, refused: 0 };
let isOver = false;

async function lane(index: number): Promise<void> {
  const person = persons[index % count];
  const source = `198.51.${Math.floor(index / 250)}.${1 + (index % 250)}`;
  while (!isOver) {
    try {
      await new BenchBrowser(origin, agent, { 'x-forwarded-for': source }).post(pathname, person);
      told.signedIn += 1;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      told.refused += 1;
    }
  }
}

const lanes = Promise.all(Array.from({ length: connections }, (_, index) => lane(index)));
process.once('message', async () => {
  isOver = true;
  await lanes;
  process.send?.(told, () => process.exit(0));
});
process.send?.('begun');

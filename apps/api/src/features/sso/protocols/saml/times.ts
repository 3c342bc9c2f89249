import type { Element } from '@xmldom/xmldom';
import { quoted, SamlFault } from './fault.ts';
import { attributeOf } from './xml.ts';

/** By how much the clock of the provider may differ from ours, milliseconds. */
export const clockSkewMs = 60_000;

/** How long after IssueInstant an assertion is taken, whatever it says itself, milliseconds. */
export const maxAssertionAgeMs = 5 * 60_000;

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/**
 * An attribute of type xs:dateTime (SAML Core 1.3.3), null where there is none.
 *
 * @throws SamlFault `unexpected_structure` for anything else, a time without zone included
 */
export function instantOf(element: Element, name: string): Date | null {
  const text = attributeOf(element, name);
  if (text === null) return null;
  const date = new Date(dateTime.test(text) ? text : Number.NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw new SamlFault('unexpected_structure', `${name} of ${element.localName} is no UTC time: ${quoted(text)}.`);
}

/** As {@link instantOf}, for one that has to be there. */
export function requiredInstantOf(element: Element, name: string): Date {
  const instant = instantOf(element, name);
  if (instant === null) throw new SamlFault('unexpected_structure', `${element.localName} has no ${name}.`);
  return instant;
}

/** @throws SamlFault `not_yet_valid` when the instant is to come, by more than the skew */
export function checkBegun(what: string, instant: Date | null, now: Date): void {
  if (instant === null || instant.getTime() - clockSkewMs <= now.getTime()) return;
  const words = `${what} is ${instant.toISOString()}, here it is ${now.toISOString()}: is the provider's clock right?`;
  throw new SamlFault('not_yet_valid', words);
}

/** @throws SamlFault `expired` when the instant has passed, by the skew or more */
export function checkNotOver(what: string, instant: Date | null, now: Date): void {
  if (instant === null || now.getTime() < instant.getTime() + clockSkewMs) return;
  const words = `${what} was ${instant.toISOString()}, here it is ${now.toISOString()}: the sign-in took too long, or a clock is wrong.`;
  throw new SamlFault('expired', words);
}

/** Parts of an object to keep; `true` keeps a value whole. */
type Parts = { readonly [key: string]: true | Parts };

/** What a call's facts are read from (lib/webhook/server/snapshot.ts, lib/control/server/monitor.ts). */
const assistantParts: Parts = {
  id: true,
  name: true,
  metadata: true,
  maxDurationSeconds: true,
  monitorPlan: true,
};
const callParts: Parts = {
  id: true,
  callId: true,
  createdAt: true,
  type: true,
  assistantId: true,
  assistant: assistantParts,
  assistantOverrides: { metadata: true, monitorPlan: true },
  customer: true,
  phoneNumber: true,
  phoneNumberId: true,
  metadata: true,
  monitor: true,
};

/** The text's parts cannot be told apart with certainty. */
class Unclear extends Error {}

/**
 * Removes the unread parts of a brief message from its text: the conversation so far, and everything in the assistant and call
 * snapshots except the facts about the call. They make up nearly all of such a body and are sent again with each one. Finding
 * where they end costs less than parsing them. Removed parts are not checked, so text that is broken only there is accepted.
 *
 * @param isBrief tells whether the handler of a type reads neither the conversation nor the snapshots
 * @returns the same text if its type is not brief, or not certain (not JSON, a repeated or escaped key)
 */
export function leaveOutUnread(text: string, isBrief: (type: string) => boolean): string {
  try {
    const message = findOne(membersOf(text, 0), "message");
    const members = membersOf(text, message.start);
    const type = findOne(members, "type");
    // Without its quotes; no type has a character that must be escaped.
    if (text[type.start] !== '"' || !isBrief(text.slice(type.start + 1, type.end - 1))) return text;
    const kept = members
      .filter(({ key }) => !isHistory(key))
      .map((member) => write(text, member, narrow(member)));
    return `${text.slice(0, message.start)}{${kept.join()}}${text.slice(message.end)}`;
  } catch (cause) {
    if (cause instanceof Unclear) return text;
    throw cause;
  }
}

const isHistory = (key: string) => key === "artifact" || key === "conversation" || key.startsWith("messages");

function narrow({ key }: Member): true | Parts {
  if (key === "call") return callParts;
  return key === "assistant" ? assistantParts : true;
}

/** A member of an object: its key, and where its key and its value are in the text. */
interface Member {
  key: string;
  keyStart: number;
  start: number;
  end: number;
}

function write(text: string, { keyStart, start, end }: Member, parts: true | Parts): string {
  if (parts === true || text[start] !== "{") return text.slice(keyStart, end);
  const kept = membersOf(text, start).flatMap((member) => {
    // A body may have a key like "valueOf", which every object inherits.
    const inner = Object.hasOwn(parts, member.key) && parts[member.key];
    return inner ? [write(text, member, inner)] : [];
  });
  return `${text.slice(keyStart, start)}{${kept.join()}}`;
}

function findOne(members: readonly Member[], key: string): Member {
  const [found, ...others] = members.filter((member) => member.key === key);
  if (!found || others.length > 0) throw new Unclear();
  return found;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Returns the members of the object that begins at an index, white space before it aside. */
function membersOf(text: string, start: number): Member[] {
  const members: Member[] = [];
  let at = skipSpace(text, start);
  if (text.charCodeAt(at) !== openObject) throw new Unclear();
  at = skipSpace(text, at + 1);
  if (text.charCodeAt(at) === closeObject) return members;
  for (;;) {
    const member = memberAt(text, at);
    members.push(member);
    at = skipSpace(text, member.end);
    const next = text.charCodeAt(at);
    if (next === closeObject) return members;
    if (next !== comma) throw new Unclear();
    at = skipSpace(text, at + 1);
  }
}

function memberAt(text: string, keyStart: number): Member {
  if (text.charCodeAt(keyStart) !== quote) throw new Unclear();
  const keyEnd = endOfString(text, keyStart);
  const key = text.slice(keyStart + 1, keyEnd - 1);
  const at = skipSpace(text, keyEnd);
  // An escape could make this key the same as another.
  if (key.includes("\\") || text.charCodeAt(at) !== colon) throw new Unclear();
  const start = skipSpace(text, at + 1);
  const end = endOfValue(text, start);
  if (end === start) throw new Unclear();
  return { key, keyStart, start, end };
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === quote) return endOfString(text, start);
  if (first === openObject || first === openList) return endOfBrackets(text, start);
  for (let at = start; ; at += 1) {
    const code = text.charCodeAt(at);
    const isOver = code === comma || code === closeObject || code === closeList || isSpace(code);
    if (isOver || at === text.length) return at;
  }
}

function endOfBrackets(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
      continue;
    }
    if (code === openObject || code === openList) depth += 1;
    if (code === closeObject || code === closeList) depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  throw new Unclear();
}

/** `indexOf` finds the end of a prompt of 100 KB far faster than a loop over its characters. */
function endOfString(text: string, start: number): number {
  let from = start + 1;
  for (;;) {
    const at = text.indexOf('"', from);
    if (at < 0) throw new Unclear();
    let escapes = at;
    while (text.charCodeAt(escapes - 1) === backslash) escapes -= 1;
    if ((at - escapes) % 2 === 0) return at + 1;
    from = at + 1;
  }
}

export type StartTag = {
  /** In lower case. */
  name: string;
  /** The value of the one attribute that means something for the tag; otherwise empty. */
  argument: string;
  /** The position after the tag. */
  end: number;
};

const KNOWN = new Set(
  "a b strong i em s strike del u ins tg-spoiler tg-emoji span pre code blockquote".split(" "),
);

const MEANING: Readonly<Record<string, string>> = {
  a: "href",
  span: "class",
  "tg-emoji": "emoji-id",
  blockquote: "expandable",
};

/** Reads the tag that starts at `begin`. An error names `where` as its place. */
export function readStartTag(
  html: string,
  begin: number,
  where: number,
): StartTag | { invalid: string } {
  const name = (/^[^\s>]*/.exec(html.slice(begin + 1))?.[0] ?? "").toLowerCase();
  let position = begin + 1 + name.length;
  if (position >= html.length) return { invalid: `Unclosed start tag at byte offset ${where}` };
  if (!KNOWN.has(name))
    return { invalid: `Unsupported start tag "${name}" at byte offset ${where}` };

  let argument = "";
  for (;;) {
    position += spaceAt(html, position);
    if (html.charAt(position) === ">") break;
    if (position >= html.length) return { invalid: `Unclosed start tag at byte offset ${where}` };
    const attribute = readAttribute(html, position, name, where);
    if ("invalid" in attribute) return attribute;
    if (attribute.name === MEANING[name])
      argument = attribute.name === "expandable" ? "expandable" : attribute.value;
    position = attribute.end;
  }
  if (name === "span" && argument !== "tg-spoiler")
    return { invalid: `Tag "span" must have class "tg-spoiler" at byte offset ${where}` };
  return { name, argument, end: position + 1 };
}

type Attribute = { name: string; value: string; end: number };

function readAttribute(
  html: string,
  begin: number,
  tag: string,
  where: number,
): Attribute | { invalid: string } {
  const name = /^[^\s=>]*/.exec(html.slice(begin))?.[0] ?? "";
  if (name === "")
    return { invalid: `Empty attribute name in the tag "${tag}" at byte offset ${where}` };
  const rest = html.slice(begin + name.length);
  if (tag === "blockquote" && !/^\s*=/.test(rest))
    return { name, value: "", end: begin + name.length };
  const [match, quoted, apostrophed, token] =
    /^\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]*)(?=[\s>]))/.exec(rest) ?? [];
  if (match !== undefined) {
    const value = decodeText(quoted ?? apostrophed ?? (token ?? "").toLowerCase());
    return { name, value, end: begin + name.length + match.length };
  }
  if (!/^\s*=/.test(rest))
    return {
      invalid: `Expected equal sign in declaration of an attribute of the tag "${tag}" at byte offset ${where}`,
    };
  return /^\s*=\s*(["']|$)/.test(rest)
    ? { invalid: `Unclosed start tag "${tag}" at byte offset ${where}` }
    : { invalid: `Unexpected end of name token at byte offset ${where}` };
}

function spaceAt(html: string, position: number): number {
  return /^\s*/.exec(html.slice(position))?.[0].length ?? 0;
}

const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** The character that a reference such as `&lt;` or `&#39;` stands for, or undefined if Telegram leaves it as it is. */
export function decodeReference(
  html: string,
  begin: number,
): { text: string; end: number } | undefined {
  const [match, hexadecimal, decimal, name] =
    /^&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z]+));?/.exec(html.slice(begin, begin + 20)) ??
    [];
  if (match === undefined) return undefined;
  const end = begin + match.length;
  if (name !== undefined) {
    const text = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
    return text === undefined ? undefined : { text, end };
  }
  const code = Number.parseInt(hexadecimal ?? decimal ?? "", hexadecimal === undefined ? 10 : 16);
  return code > 0 && code < 0x10ffff ? { text: String.fromCodePoint(code), end } : undefined;
}

function decodeText(text: string): string {
  let decoded = "";
  for (let position = 0; position < text.length;) {
    const reference = text.charAt(position) === "&" ? decodeReference(text, position) : undefined;
    decoded += reference?.text ?? text.charAt(position);
    position = reference?.end ?? position + 1;
  }
  return decoded;
}

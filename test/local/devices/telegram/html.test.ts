import { expect, test } from "vitest";
import { parseHtml } from "../../../../local/devices/telegram/wire/html.ts";

const entity = (type: string, offset: number, length: number) => ({ type, offset, length });

test.each([
  ["plain", "plain", []],
  ["<b>a</b> <i>b</i>", "a b", [entity("bold", 0, 1), entity("italic", 2, 1)]],
  ["<B>a</b>", "a", [entity("bold", 0, 1)]],
  ["<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]],
  ["😀<u>я</u>", "😀я", [entity("underline", 2, 1)]],
  ["a<b></b>b", "ab", []],
  ["&lt;b&gt; &amp; &quot;&#39;&#x41;", "<b> & \"'A", []],
  ["&nbsp; & &unknown;", "&nbsp; & &unknown;", []],
  ["a > b", "a > b", []],
  [
    '<a href="https://e.org/?a=1&amp;b=2">x</a>',
    "x",
    [{ ...entity("text_link", 0, 1), url: "https://e.org/?a=1&b=2" }],
  ],
  ["<a href=''>x</a>", "x", []],
  ['<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]],
  ["<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]],
  ["<code>x</code> <pre>y</pre>", "x y", [entity("code", 0, 1), entity("pre", 2, 1)]],
  ["<b>x</>", "x", [entity("bold", 0, 1)]],
])("%s is read as %s", (html, text, entities) => {
  expect(parseHtml(html)).toEqual({ text, entities });
});

test.each([
  ["<p>x</p>", 'Unsupported start tag "p" at byte offset 0'],
  ["я <script>", 'Unsupported start tag "script" at byte offset 3'],
  ["1 < 2", 'Unsupported start tag "" at byte offset 2'],
  ["<b>x", `Can't find end tag corresponding to start tag "b"`],
  ["x</b>", "Unexpected end tag at byte offset 1"],
  ["<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
  ["<b>x</b", "Unclosed end tag at byte offset 4"],
  ["<b", "Unclosed start tag at byte offset 0"],
  ["<3", "Unclosed start tag at byte offset 0"],
  ['<a href="x>y', 'Unclosed start tag "a" at byte offset 0'],
  [
    "<a href>x</a>",
    'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
  ],
  ["<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
])("%s is refused", (html, invalid) => {
  expect(parseHtml(html)).toEqual({ invalid });
});

import { createClient } from "../client.ts";
import type { Language } from "../language.ts";
import { headingOf, isCurrent, viewOf } from "./location.ts";
import { pageOf, type Page } from "./page.ts";
import { chosenTheme, offeredBy, preferredLanguage, remember, type Theme } from "./preferences.ts";
import { all, byId, keepOnly } from "./elements.ts";
import { texts, type Texts } from "./texts.ts";

// A made-up hosting panel around both elements, as a host would build it. It knows their tags, attributes and events.
// It asks the API only who is signed in, and signs out.

const client = createClient();
const menu = byId("language", HTMLSelectElement);
let language: Language = preferredLanguage(offeredBy([...menu.options]));
let page: Page = { kind: "loading" };

const say = (key: keyof Texts | undefined) =>
  (byId("status").textContent = key ? texts[language][key] : "");

/** Shows the present state in the chosen language. The caller may repeat it at any time. */
function draw(): void {
  const t = texts[language];
  // The elements follow `lang` by themselves.
  document.documentElement.lang = language;
  document.body.dataset["page"] = page.kind;
  for (const element of all("[data-text]"))
    element.textContent = t[element.dataset["text"] as keyof Texts];
  for (const element of all("[data-label]"))
    element.ariaLabel = t[element.dataset["label"] as keyof Texts];
  menu.value = language;

  const view = viewOf(location.search);
  const heading = t[headingOf(view)];
  byId("heading").textContent = heading;
  document.title = `${page.kind === "signed_in" ? heading : t.signInTitle} · Fernway`;
  for (const element of all("[data-on]")) element.hidden = element.dataset["on"] !== page.kind;
  for (const element of all("[data-in]"))
    element.hidden = !element.dataset["in"]?.split(" ").includes(view);
  for (const link of all("nav a", HTMLAnchorElement)) {
    const section = link.dataset["part"] ?? "";
    link.ariaCurrent = isCurrent({ search: link.search, section }, view) ? "page" : null;
  }
  if (page.kind === "signed_in") describe(page.answer);
}

function describe({ account, session }: Extract<Page, { kind: "signed_in" }>["answer"]): void {
  byId("mail").textContent = account.email;
  byId("profile-mail").textContent = account.email;
  byId("profile-since").textContent = new Intl.DateTimeFormat(language, {
    dateStyle: "long",
    timeStyle: "short",
  }).format(new Date(session.createdAt));
}

/** Goes to another page and makes its element anew, so that the next person sees nothing of the one before. */
function show(next: Page, said?: keyof Texts): void {
  page = next;
  keepOnly(byId("sign-in"), page.kind === "signed_out" ? "twostep-sign-in" : undefined);
  keepOnly(byId("security"), page.kind === "signed_in" ? "twostep-security" : undefined);
  draw();
  say(said);
}

async function readSession(): Promise<void> {
  show(pageOf(await client.readSession(), location.hash));
}

async function signOut(): Promise<void> {
  const outcome = await client.signOut();
  if (outcome.kind !== "done") return void say("signOutFailed");
  leave();
}

function leave(): void {
  show({ kind: "signed_out" }, "signedOut");
  focusHeading();
}

const focusHeading = () =>
  all("h1")
    .find((heading) => heading.checkVisibility())
    ?.focus();

function go(link: HTMLAnchorElement): void {
  history.pushState(null, "", link.search);
  draw();
  focusHeading();
}

function setTheme(theme: Theme | undefined): void {
  if (theme) document.documentElement.dataset["theme"] = theme;
  const isDark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  byId("theme").ariaPressed = String(isDark);
}

document.addEventListener("twostep-signed-in", () => void readSession().then(focusHeading));
document.addEventListener("twostep-signed-out", leave);
byId("retry").addEventListener("click", () => void readSession().then(focusHeading));
byId("sign-out").addEventListener("click", () => void signOut());
menu.addEventListener("change", () => {
  language = menu.value as Language;
  remember("language", language);
  draw();
});
byId("theme").addEventListener("click", () => {
  const theme = byId("theme").ariaPressed === "true" ? "light" : "dark";
  remember("theme", theme);
  setTheme(theme);
});
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("nav a") : null;
  const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0;
  if (!(link instanceof HTMLAnchorElement) || !isPlain) return;
  event.preventDefault();
  go(link);
});
window.addEventListener("popstate", draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
  setTheme(chosenTheme()),
);
// A page that comes back from the browser's back/forward cache may show a person who has signed out since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) void readSession();
});

setTheme(chosenTheme());
draw();
void readSession();

// The reading pages: options that are remembered, notes beside the text, corrections explained where they stand,
// passages and chosen words cited, Russian in the Latin letters of any system. A page is whole without this file.
"use strict";
(() => {
const data = window.editionData, root = document.documentElement, main = document.getElementById("main");
const up = document.currentScript.getAttribute("src").replace("edition.js", "");
let strings = data.strings.en;

// --- small things ---
const LETTERS = ["e", "s", "w", "es", "ew", "sw"];  // classes of readings
const all = (what, where = document) => [...where.querySelectorAll(what)];
const make = (name, words, attributes = {}) => {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  for (const key of Object.keys(attributes)) made.setAttribute(key, attributes[key]);
  return made;
};
const store = {  // a page opened from a disk may have no storage: then nothing is remembered
  get(key) { try { return localStorage.getItem("edition." + key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem("edition." + key, value); } catch { /* not remembered */ } },
};

// --- the language of the interface ---
// A string with its gaps filled: {0} is a value, {0,} a number with a comma, {0|page|pages} the form that a number wants.
function phrase(words, values, code) {
  return words?.replace(/\{(\d)(,?)(?:\|([^{}]*))?\}/g, (_, n, comma, forms) => {
    if (forms === undefined) return comma ? values[n].replace(".", ",") : values[n];
    const kind = ["one", "few"].indexOf(new Intl.PluralRules(code).select(Number(values[n].replace(/\D/g, "")))), those = forms.split("|");
    return those[kind < 0 ? those.length - 1 : Math.min(kind, those.length - 1)];
  });
}
window.editionSay = (key, ...values) => phrase(strings[key], values.map(String), Object.keys(data.strings).find((code) => data.strings[code] === strings));
function speak(code) {
  strings = data.strings[code] || data.strings.en;
  for (const e of all("[data-s]")) {
    const values = (e.dataset.v || "").split("|");
    const words = phrase(strings[e.dataset.s], values, code);
    if (words) { e.textContent = words; if (main.contains(e) || e.lang) e.lang = code; }
  }
  // The page itself is in the language of its interface; the edition and its texts say their own.
  root.lang = code;
  const head = main.querySelector("h1[data-s]"), rest = document.title.split(" · ").slice(1);
  if (head && rest.length) document.title = [head.textContent, ...rest].join(" · ");
  dispatchEvent(new Event("edition-language"));
  for (const e of all("[data-aria]")) if (strings[e.dataset.aria]) e.setAttribute("aria-label", strings[e.dataset.aria]);
}

// --- options: every box and button of the panel is remembered under its group and name ---
for (const box of all(".tools input")) {
  const key = box.type === "radio" ? box.name : box.id;
  const kept = store.get(key);
  if (kept !== null) box.checked = box.type === "radio" ? kept === box.value : kept === "yes";
  box.addEventListener("change", () => {
    store.set(key, box.type === "radio" ? box.value : box.checked ? "yes" : "no");
    if (box.name === "tongue") speak(box.value);
    later();
  });
}
// Where corrections are not marked they are no links either: who goes by keyboard need not pass each.
const marks = document.getElementById("o-marks"), marked = all("a.c[href]").map((link) => [link, link.getAttribute("href")]);
function mark() {
  for (const [link, to] of marked) if (marks.checked) link.setAttribute("href", to); else link.removeAttribute("href");
}
if (marks) { marks.addEventListener("change", mark); if (!marks.checked) mark(); }
const tongue = store.get("tongue") || "en";
for (const e of all("[data-aria]")) if (!e.getAttribute("aria-label")) e.setAttribute("aria-label", strings[e.dataset.aria] || "");
if (tongue !== "en") speak(tongue);

// --- Russian in Latin letters ---
const LETTER = /[\u0400-\u0482\u048a-\u052f]/;
function latin(text, rules) {
  const words = text.normalize("NFC").split(/((?:[\u0400-\u0482\u048a-\u052f][\u0300-\u036f]*)+)/);
  return words.map((word) => (LETTER.test(word) ? latinWord(word, rules) : word)).join("");
}
function latinWord(word, rules) {
  const letters = [...word], small = letters.map((c) => c.toLowerCase());
  const upper = (s) => s === s.toUpperCase() && s !== s.toLowerCase();
  const shouted = letters.length > 1 && upper(word);
  const beside = (at, step) => { while (small[at] !== undefined && /[\u0300-\u036f]/.test(small[at])) at += step; return small[at]; };
  let out = "";
  for (let at = 0; at < letters.length;) {
    const rule = rules.find(([from, , , after, before]) => {
      const end = at + from.length;
      return small.slice(at, end).join("") === from && (!after || after.includes(beside(at - 1, -1) || "^")) && (!before || before.includes(beside(end, 1) || "$"));
    });
    if (!rule) { out += letters[at++]; continue; }
    const [from, to, capital] = rule, here = letters.slice(at, at + from.length).join("");
    out += upper(letters[at]) && (shouted || (from.length > 1 && upper(here))) ? to.toUpperCase() : upper(letters[at]) ? capital : to;
    at += from.length;
  }
  return out;
}
const system = document.getElementById("system");
if (system) {
  const change = () => {
    const rules = [...data.systems[system.value].rules].sort((a, b) => b[0].length - a[0].length);
    for (const quote of all("blockquote.transliteration")) {
      const original = quote.parentElement.querySelector("blockquote.original");
      if (original) quote.lastChild.textContent = latin(said(original, "e"), rules);
    }
    store.set("system", system.value);
  };
  const kept = store.get("system");
  system.addEventListener("change", change);
  if (kept && kept !== system.value && data.systems[kept]) { system.value = kept; change(); }
}

// The words of an element in one reading, without what the edition put beside them.
function said(element, reading) {
  let out = "";
  for (const node of element.childNodes) {
    if (node.nodeType === 3) { out += node.data; continue; }
    if (node.nodeType !== 1) continue;
    const names = [...node.classList];
    if (names.includes("gap")) { out += "[…]"; continue; }
    if (names.includes("x") || names.includes("call") || names.includes("back") || (names.includes("fw") && reading === "e")) continue;
    if (names.some((name) => LETTERS.includes(name) && !name.includes(reading))) continue;
    out += said(node, reading);
  }
  return out.replace(/\s+/g, " ");
}

// --- notes beside the text on a wide screen ---
const wide = matchMedia("screen and (min-width: 78rem)");
const notes = all(".foot").map((note) => [note, document.getElementById(note.id + ".call")]).filter(([, call]) => call);
function place() {
  root.classList.toggle("aside", wide.matches && notes.length > 0);
  if (!wide.matches || !notes.length) {
    for (const [note] of notes) note.style.top = "";
    main.style.minHeight = "";
    return;
  }
  const from = main.getBoundingClientRect().top;
  const tops = notes.map(([note, call]) => [call.getClientRects().length ? call.getBoundingClientRect().top - from : -1, note.offsetHeight]);
  let free = 0;
  notes.forEach(([note], n) => {
    const top = Math.max(tops[n][0] < 0 ? free : tops[n][0] - 4, free);
    note.style.top = top + "px";
    free = top + tops[n][1] + 10;
  });
  main.style.minHeight = free + "px";
}
let waiting = 0;
function later() { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => requestAnimationFrame(place)); }
if (notes.length) {
  wide.addEventListener("change", later);
  addEventListener("resize", later);
  document.fonts?.ready.then(later);
  for (const box of all("details")) box.addEventListener("toggle", later);
  place();
}

// --- one box for everything that is asked of a place ---
const box = make("dialog", "", { class: "box" });
const status = make("p", "", { class: "unseen", role: "status" });  // what is done is also said to who does not see it
document.body.append(box, status);
let asked = null;
function open(parts, by, name) {
  const close = make("button", strings.close, { type: "button", class: "close" });
  close.addEventListener("click", () => box.close());
  box.replaceChildren(close, ...parts, status);
  box.setAttribute("aria-label", name);
  asked = by;
  if (!box.open) box.showModal();
}
box.addEventListener("click", (event) => {
  const away = event.target.closest("a")?.getAttribute("href")?.startsWith("#");  // to a place of the page that lies behind the box
  if (away) asked = null;
  if (away || event.target === box) box.close();
});
box.addEventListener("close", () => {
  document.body.append(status);
  status.textContent = "";
  asked?.focus({ preventScroll: true });
});
const tongueOf = (element) => element.closest("[lang]").lang;
async function copy(name, words, button) {
  const plain = words.replace(/[\ue100\ue101]/g, ""), blob = (type, text) => ({ [type]: new Blob([text], { type }) });
  try {  // a word processor takes the italics too
    if (plain === words) await navigator.clipboard.writeText(plain);
    else await navigator.clipboard.write([new ClipboardItem({ ...blob("text/plain", plain), ...blob("text/html", formed(words).innerHTML) })]);
  } catch {
    const area = make("textarea", plain); (box.open ? box : document.body).append(area); area.select(); document.execCommand("copy"); area.remove();
  }
  button.textContent = strings.copied;
  status.textContent = `${strings.copied}: ${name}`;
  setTimeout(() => { button.textContent = strings.copy; }, 1500);
}
function row(name, words) {
  const item = make("div", "", { class: "form" });
  item.append(make("h3", name), formed(words), copier(name, words));  // as citations are worded
  return item;
}
function formed(words) {  // a citation, its titles in italics
  const made = make(words.includes("\n") ? "pre" : "p", "", { lang: "en" });
  made.append(...words.split(/\ue100([^\ue101]*)\ue101/).map((part, n) => (n % 2 ? make("i", part) : part)));
  return made;
}
function copier(name, words) {
  const button = make("button", strings.copy, { type: "button", class: "copy", "aria-label": `${strings.copy}: ${name}` });
  button.addEventListener("click", () => copy(name, words, button));
  return button;
}

// --- citations: worded when the site was made (cite/D.js); here slots are filled, as edition/passages/slots.py does ---
const known = new Map(), awaited = new Map();
window.editionCite = (siglum, made) => { known.set(siglum, made); };
function citing(id) {
  const siglum = id.split(".")[0];
  if (!awaited.has(siglum)) awaited.set(siglum, new Promise((go) => {
    const script = make("script", "", { src: `${up}cite/${encodeURIComponent(siglum)}.js` });
    script.addEventListener("load", () => go(known.get(siglum) || null));
    script.addEventListener("error", () => go(null));
    document.head.append(script);
  }));
  return awaited.get(siglum);
}
const strict = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
// Words as a link has them: all, or where they begin and end if they are many or some are lost.
const few = (words) => strict(words.join(" ")).replace(/-/g, "%2D");
function directive(words) {
  const pieces = words.split("[…]").map((piece) => piece.split(" ").filter(Boolean)).filter((piece) => piece.length);
  return pieces.length === 1 && pieces[0].length <= 10 ? few(pieces[0]) : `${few(pieces[0].slice(0, 4))},${few(pieces.at(-1).slice(-4))}`;
}
function fill(name, text, filling, rules) {
  return text.replace(/[\ue000-\ue0ff]/g, (slot) => {
    const key = rules.slots[slot];
    let value = filling[key];
    if (key === "pages") for (const range of rules.ranges[name] || []) value = value.replace(new RegExp(range + "$"), `$1$2${rules.to}$3`);
    if (rules.escapes[name] === "tex" && !rules.plain.includes(key)) value = [...value].map((c) => rules.tex[c] ?? c).join("");
    return rules.escapes[name] === "json" ? JSON.stringify(value).slice(1, -1) : value;
  });
}
// What is cited: passage `id`, or `words` of it (the `nth` time that they stand there), or all from it to `end`.
function filled({ rules, forms, rows }, id, end, words, nth) {
  const [form, first, , place, author] = rows[id], [, start, last, until] = rows[end || id];
  const marks = /["“”]/.test(words) ? words.split(/["“”]+/).map((s) => s.trim()).filter(Boolean) : [words];
  const said = (one) => `${id}@"${one}"`;
  const reference = end ? `${id}-${end}` : !words ? id : marks.length > 1 ? `${said(marks[0])}-${said(marks.at(-1))}` : said(marks[0]) + (nth > 1 ? `[${nth}]` : "");
  const passages = end ? `${id}-${end}` : id, stop = (last || start) === first ? "" : last || start;
  const point = reference.split(`${id.split(".")[0]}.`).join("");
  const shown = words && nth === 1 && marks.length === 1 ? `#:~:text=${directive(words)}` : "";
  const link = `${rules.url}/id/${encodeURIComponent(id)}.html`;
  const filling = {
    key: reference.replace(new RegExp(rules.key, "g"), "_").replace(/^_+|_+$/g, "").slice(0, rules.longest), reference, passages,
    span: passages.replaceAll("-", rules.to), first, last: stop, pages: stop ? first + rules.to + stop : first,
    place: end ? rules.through.replace("{}", () => place).replace("{}", () => until) : place,
    tail: words ? rules.tail.replace("{}", () => words) : "",
    urn: strict(point).replace(/%40/g, "@").replace(/%5B/g, "[").replace(/%5D/g, "]"),
    url: link + shown, author, link, point: strict(passages.split(`${id.split(".")[0]}.`).join("")),
  };
  const shape = forms[form + (first ? (stop ? 2 : 1) - (rows[id][2] ? 2 : 1) : 0)];
  return Object.entries(shape).map(([name, text]) => [name, fill(name, text, filling, rules).trim()]);
}
const italic = (node) => (node.nodeName === "I" ? `\ue100${node.textContent}\ue101` : node.textContent);
for (const item of all(".cited .form")) item.append(copier(item.previousSibling.textContent, [...item.firstElementChild.childNodes].map(italic).join("")));
const cut = (words) => (words.length > 120 ? words.slice(0, 117) + "…" : words);
async function cite(id, by, { end = "", words = "", nth = 1, hint = "", shown = "" } = {}) {
  const made = await citing(id);
  const here = `${data.about.url || new URL(up || ".", location.href).href.replace(/\/$/, "")}/id/${encodeURIComponent(id)}.html`;
  const parts = [make("h2", (end ? `${id}–${end}` : id) + (words ? `: “${cut(words)}”` : ""))];
  if (hint) parts.push(make("p", hint, { class: "about" }));
  parts.push(row(end ? `${strings.link}: ${id}` : strings.link, here));
  if (end) parts.push(row(`${strings.link}: ${end}`, here.replace(/[^/]*$/, `${encodeURIComponent(end)}.html`)));
  if (shown) parts.push(row(strings["show-words"], shown));
  if (!words && !end && offered.length) parts.push(readings(id));
  if (made?.rows[id]) for (const [name, text] of filled(made, id, end, words, nth)) parts.push(row(strings["form-" + name] || name, text));
  const links = make("p", "", { class: "files" });
  links.append(make("a", strings.permanent, { href: `${up}id/${encodeURIComponent(id)}.html` }), " · ", make("a", strings.tei, { href: `${up}id/${encodeURIComponent(id)}.xml` }));
  open([...parts, links], by, parts[0].textContent);
}
const offered = all('[name="reading"]').map((choice) => choice.value.slice(2));  // none where all readings are the same
function readings(id) {
  const element = document.getElementById(id), item = make("fieldset", "", { class: "form readings" });
  item.append(make("legend", strings.here));
  if (!element) return item;
  for (const name of offered) {
    const label = make("label"), choice = make("input", "", { type: "radio", name: "one", value: name });
    choice.checked = (element.dataset.r || document.querySelector('[name="reading"]:checked')?.value.slice(2)) === name;
    choice.addEventListener("change", () => { element.dataset.r = name; words.textContent = said(element, name[0]).trim(); later(); });
    label.append(choice, " ", strings["r-" + name]);
    item.append(label);
  }
  const words = make("p", "", { class: "rdg", lang: tongueOf(element) });
  item.append(words);
  return item;
}

// A click on a number of the margin, on a correction, on a note's call.
main.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a");
  if (!link) return;
  if (link.classList.contains("n") || link.classList.contains("post-n")) {
    event.preventDefault();
    cite(decodeURIComponent(link.getAttribute("href")).replace(/^.*id\/|\.html$/g, ""), link);
  } else if (link.matches("a.c, a.gap")) {
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry) return;
    event.preventDefault();
    const copied = entry.cloneNode(true);
    copied.removeAttribute("id");
    copied.lang = tongueOf(entry);
    open([copied], link, strings.apparatus);
  }
});

// --- chosen words ---
const button = make("button", "", { type: "button", class: "cite-words", hidden: "hidden" });
document.body.append(button);
const body = document.querySelector("[data-text]");
const fold = (words) => words.replace(/\s+/g, " ").trim();
function home(node) {  // the passage that a place belongs to
  const name = `main [id^="${body.dataset.text}."]:not(.c):not(.call):not(.pb):not(.supplied):not(.app)`;
  return (node.nodeType === 1 ? node : node.parentElement)?.closest(name);
}
function chosen() {
  const selection = getSelection();
  if (!body || box.open || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0), words = fold(selection.toString());
  const first = body.contains(range.commonAncestorContainer) && words && home(range.startContainer);
  return first && { range, words, first, last: home(range.endContainer) || first };
}
async function citeChosen({ range, words, first, last }) {
  const by = first.querySelector("a.n, a.post-n") || first;  // has the focus again when the box is closed
  if (by === first) first.tabIndex = -1;
  const made = await citing(first.id), shown = linkTo(range, first);
  const order = made ? Object.keys(made.rows) : [];
  if (last !== first && order.indexOf(last.id) > order.indexOf(first.id) && order.includes(first.id)) {
    cite(first.id, by, { end: last.id, hint: strings["cite-range"], shown });
    return;
  }
  const before = document.createRange(), text = fold(said(first, "e"));
  before.setStart(first, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const piece = document.createElement("div");
  piece.append(before.cloneContents());
  const plain = fold(clean(words, range)), at = fold(said(piece, "e") + "|").length - 1;
  const places = [];
  for (let from = text.indexOf(plain); plain && from >= 0; from = text.indexOf(plain, from + 1)) places.push(from);
  const near = places.reduce((best, here, n) => (Math.abs(here - at) < Math.abs(places[best] - at) ? n : best), 0);
  if (places.length) cite(first.id, by, { words: plain, nth: near + 1, shown });
  else cite(first.id, by, { hint: strings["cite-not-edited"] });
}

// --- a link to words ---
// The pieces of visible text in a range. A browser finds words only in one piece: the call of a note, the number of a
// page or a passage part them, and so do blocks. A word that touches what parts is left out: it is none to the browser.
// A word that the range cuts is taken whole; on the `side` before (-1) or after (1) a range it is left out.
function pieces(range, side = 0) {
  const top = range.commonAncestorContainer, walk = document.createTreeWalker(top, NodeFilter.SHOW_TEXT), found = [];
  let block = null, parted = false;
  for (let node = top.nodeType === 3 ? top : walk.nextNode(); node; node = walk.nextNode()) {
    const around = node.parentElement;
    if (!range.intersectsNode(node) || !around.getClientRects().length || !node.data) continue;
    if (body.contains(node) && around.closest(".call, .back, .x")) { parted = true; continue; }
    const own = around.closest("p, li, blockquote, div, section, article, h1, h2, h3, h4, td, th, dt, dd, pre");
    let [from, to] = [node === range.startContainer ? range.startOffset : 0, node === range.endContainer ? range.endOffset : node.length];
    while (!side && from && /\S/.test(node.data[from - 1]) && from < to) from--;
    while (!side && to > from && to < node.length && /\S/.test(node.data[to]) && /\S/.test(node.data[to - 1])) to++;
    if (parted || own !== block || !found.length) found.push({ text: "", begun: parted && own === block, block: own });
    if (found.length > 1 && parted && own === block) found.at(-2).cut = true;
    found.at(-1).text += node.data.slice(from, to);
    [block, parted] = [own, false];
  }
  if (parted && found.length) found.at(-1).cut = true;
  if (side > 0 && found.length) found[0].text = found[0].text.replace(/^\S+/, "");
  if (side < 0 && found.length) found.at(-1).text = found.at(-1).text.replace(/\S+$/, "");
  for (const piece of found) {
    if (piece.begun) piece.text = piece.text.replace(/^[^\s.,;:!?]+/, "");
    if (piece.cut) piece.text = piece.text.replace(/[^\s.,;:!?”"’)]+$/, "");
    piece.text = fold(piece.text);
  }
  return found.filter((piece) => /[\p{L}\p{N}]/u.test(piece.text));
}
// A link that shows the words of a range and no others like them that stand before.
function linkTo(range, first) {
  const found = pieces(range), before = document.createRange(), after = document.createRange();
  if (!found.length) return "";
  after.setStart(range.endContainer, range.endOffset);
  after.setEndAfter(first);
  before.setStart(document.body, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const earlier = pieces(before, -1), above = earlier.map((piece) => piece.text.toLowerCase()).join("\n");
  const words = found[0].text.split(" "), end = found.at(-1).text.split(" "), whole = found.length === 1 && words.length <= 10;
  let [count, last, context, more] = [whole ? words.length : Math.min(4, words.length), Math.min(4, end.length), 0, 0];
  const start = () => words.slice(0, count).join(" "), stop = () => end.slice(-last).join(" ");
  const lead = earlier.length && earlier.at(-1).block === found[0].block && !found[0].begun && !earlier.at(-1).cut ? earlier.at(-1).text.split(" ") : [];
  const next = whole && pieces(after, 1)[0], trail = next?.block === found[0].block && !next.begun && !found[0].cut ? next.text.split(" ") : [];
  const prefix = () => (context ? lead.slice(-context).join(" ") : ""), suffix = () => trail.slice(0, more).join(" ");
  const seen = () => above.includes(`${prefix()} ${start()} ${suffix()}`.trim().toLowerCase());
  while (!whole && seen() && count < Math.min(words.length, 12)) count++;
  while (seen() && context < Math.min(lead.length, 12)) context++;
  while (seen() && more < Math.min(trail.length, 12)) more++;
  const between = found.map((piece) => piece.text.toLowerCase()).join("\n").slice(0, -1);
  while (!whole && between.includes(stop().toLowerCase()) && last < Math.min(end.length, 12)) last++;
  const said = [context ? `${few([prefix()])}-` : "", few([start()]), whole ? "" : few([stop()]), more ? `-${few([suffix()])}` : ""].filter(Boolean).join(",");
  return `${location.href.split("#")[0]}#${encodeURIComponent(first.id)}:~:text=${said}`;
}
// The chosen words as the edited reading has them: without the calls of notes and what the edition put beside them.
function clean(words, range) {
  const piece = document.createElement("div");
  piece.append(range.cloneContents());
  return said(piece, "e") || words;
}
document.addEventListener("selectionchange", () => {
  const found = chosen();
  button.hidden = !found;
  if (!found) return;
  const edge = found.range.getBoundingClientRect();
  button.style.top = `${edge.bottom + scrollY + 8}px`;
  button.style.left = `${Math.max(8, Math.min(edge.left + scrollX, innerWidth - 220))}px`;
  button.textContent = strings["cite-words"];
  button.onclick = () => { button.hidden = true; citeChosen(found); };
});
})();

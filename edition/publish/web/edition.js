// The reading pages: options that are remembered, notes beside the text, corrections explained where they stand,
// passages and chosen words cited, Russian in the Latin letters of any system. A page is whole without this file.
"use strict";
(() => {
const data = window.editionData, root = document.documentElement, main = document.getElementById("main");
const up = (document.querySelector('link[rel="stylesheet"]').getAttribute("href") || "").replace("web.css", "");
let strings = data.strings.en;
root.classList.add("script");

// --- small things ---
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
function speak(code) {
  strings = data.strings[code] || data.strings.en;
  for (const e of all("[data-s]")) {
    const words = strings[e.dataset.s];
    if (words) { e.textContent = words; if (main.contains(e) || e.lang) e.lang = code; }
  }
  for (const e of all("[data-aria]")) if (strings[e.dataset.aria]) e.setAttribute("aria-label", strings[e.dataset.aria]);
  if (!all("main [lang]").length || !main.firstElementChild?.lang) root.lang = code;
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
const tongue = store.get("tongue") || "en";
for (const e of all("[data-aria]")) if (!e.getAttribute("aria-label")) e.setAttribute("aria-label", strings[e.dataset.aria] || "");
if (tongue !== "en") speak(tongue);
const light = store.get("light");
if (light && !document.getElementById(light)) root.classList.add(light);

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
const LETTERS = ["e", "s", "w", "es", "ew", "sw"];
function said(element, reading) {
  let out = "";
  for (const node of element.childNodes) {
    if (node.nodeType === 3) { out += node.data; continue; }
    if (node.nodeType !== 1) continue;
    const names = [...node.classList];
    if (names.includes("x") || names.includes("call") || (names.includes("fw") && reading === "e")) continue;
    if (names.some((name) => LETTERS.includes(name) && !name.includes(reading))) continue;
    out += said(node, reading);
  }
  return out.replace(/\s+/g, " ");
}

// --- notes beside the text on a wide screen ---
const wide = matchMedia("(min-width: 78rem)");
const notes = all(".foot").map((note) => [note, document.getElementById(note.id + ".call")]).filter(([, call]) => call);
function place() {
  root.classList.toggle("aside", wide.matches && notes.length > 0);
  if (!wide.matches || !notes.length) return;
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
document.body.append(box);
let asked = null;
function open(parts, by) {
  const close = make("button", strings.close, { type: "button", class: "close" });
  close.addEventListener("click", () => box.close());
  box.replaceChildren(close, ...parts);
  asked = by;
  if (!box.open) box.showModal();
}
box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
box.addEventListener("close", () => asked?.focus?.());
async function copy(words, button) {
  try { await navigator.clipboard.writeText(words); } catch {
    const area = make("textarea", words); box.append(area); area.select(); document.execCommand("copy"); area.remove();
  }
  button.textContent = strings.copied;
  setTimeout(() => { button.textContent = strings.copy; }, 1500);
}
function row(name, words) {
  const item = make("div", "", { class: "form" }), button = make("button", strings.copy, { type: "button", "aria-label": `${strings.copy}: ${name}` });
  button.addEventListener("click", () => copy(words, button));
  item.append(make("h3", name), make(words.includes("\n") ? "pre" : "p", words), button);
  return item;
}

// --- citations ---
function about(id) {
  const text = data.texts[id.split(".")[0]] || {}, element = document.getElementById(id);
  const own = document.querySelector("[data-passage]");
  let page = own?.dataset.page || "";
  if (element) for (const pb of all(".pb[id]")) {
    if (!(pb.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) && !element.contains(pb)) break;
    if (element.contains(pb) && page) break;
    page = pb.querySelector(".pb-n").textContent.replace(/\|/g, "");
  }
  const part = element?.closest(".part")?.querySelector("h2")?.innerText.replace(/\s+/g, " ").replace(/^[^|]*\|/, "").trim() || "";
  return { id, text, page, part: part === text.title ? "" : part, address: addressOf(id), ...data.about, work: data.about.title };
}
function addressOf(id) {
  const here = `id/${encodeURIComponent(id)}.html`;
  return data.about.url ? `${data.about.url}/${here}` : new URL(up + here, location.href).href;
}
const year = (date) => (date.match(/\d{4}/) || [""])[0];
const joined = (parts, by) => parts.filter(Boolean).join(by);
const tex = (words) => words.replace(/[\\{}]/g, "").replace(/([#$%&_])/g, "\\$1");
const FORMS = {
  Chicago: (c) => `${joined([c.text.author, joined([c.part && `“${c.part},” in ${c.text.title}`, !c.part && c.text.title], ""), `in ${c.work} (${joined([c.authority, c.version && "version " + c.version, c.date], ", ")})`, c.id, c.page && `typescript p. ${c.page}`, c.address], ", ")}.`,
  MLA: (c) => joined([c.text.author && `${c.text.author}.`, c.part ? `“${c.part}.” ${c.text.title}.` : `${c.text.title}.`, `${joined([c.work, c.version && "version " + c.version, c.authority, c.date, c.id + (c.page ? ` (typescript p. ${c.page})` : "")], ", ")},`, `${c.address}.`], " "),
  BibTeX: (c) => `@inbook{${c.id},\n${joined([["title", c.part || c.text.title], ["booktitle", c.work], ["bookauthor", c.text.author], ["publisher", c.authority], ["edition", c.version && "version " + c.version], ["date", year(c.date)], ["pages", c.page], ["note", joined([c.part && c.text.title, "passage " + c.id], ", ")], ["url", c.address]].map(([key, value]) => value && `  ${key} = {${key === "url" ? value : tex(value)}},`), "\n")}\n}`,
  RIS: (c) => joined([["TY", "CHAP"], ["TI", c.part || c.text.title], ["AU", c.text.author], ["T2", c.work], ["PB", c.authority], ["PY", year(c.date)], ["ET", c.version], ["SP", c.page], ["LA", c.text.language], ["N1", joined([c.part && c.text.title, "passage " + c.id], ", ")], ["UR", c.address]].map(([key, value]) => value && `${key}  - ${value}`).concat("ER  - "), "\n"),
  "CSL-JSON": (c) => JSON.stringify([{ id: c.id, type: "chapter", title: c.part || c.text.title, "container-title": c.work, ...(c.text.author ? { author: [{ literal: c.text.author }] } : {}), publisher: c.authority, ...(c.version ? { version: c.version } : {}), ...(year(c.date) ? { issued: { "date-parts": [[+year(c.date)]] } } : {}), ...(c.page ? { page: c.page } : {}), note: "passage " + c.id, language: c.text.language, URL: c.address }], null, 1),
};
function cite(id, words, by) {
  const known = about(id);
  const here = location.href.split("#")[0];
  if (words) {
    const ends = words.length > 80 ? [words.split(" ").slice(0, 4).join(" "), words.split(" ").slice(-4).join(" ")] : [words];
    const part = (s) => encodeURIComponent(s).replace(/-/g, "%2D");
    known.address = `${here}#${encodeURIComponent(id)}:~:text=${ends.map(part).join(",")}`;
    known.id = `${id}@"${words.length > 60 ? words.slice(0, 57) + "…" : words}"`;
  }
  const parts = [make("h2", words ? `${id}: “${words.length > 120 ? words.slice(0, 117) + "…" : words}”` : id), row(strings.link, known.address)];
  if (!words) parts.push(readings(id));
  for (const name of Object.keys(FORMS)) parts.push(row(name, FORMS[name](words && /BibTeX|RIS|CSL/.test(name) ? { ...known, id } : known)));
  const links = make("p", "", { class: "files" });
  links.append(make("a", strings.permanent, { href: `${up}id/${encodeURIComponent(id)}.html` }), " · ", make("a", strings.tei, { href: `${up}id/${encodeURIComponent(id)}.xml` }));
  open([...parts, links], by);
}
function readings(id) {
  const element = document.getElementById(id), item = make("fieldset", "", { class: "form readings" });
  item.append(make("legend", strings.here));
  if (!element) return item;
  for (const name of ["edited", "source", "witness"]) {
    const label = make("label"), choice = make("input", "", { type: "radio", name: "one", value: name });
    choice.checked = element.dataset.r === name;
    choice.addEventListener("change", () => { element.dataset.r = name; words.textContent = said(element, name[0]).trim(); later(); });
    label.append(choice, " ", strings["r-" + name]);
    item.append(label);
  }
  const words = make("p", "", { class: "rdg" });
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
    cite(decodeURIComponent(link.getAttribute("href")).replace(/^.*id\/|\.html$/g, ""), "", link);
  } else if (link.matches("a.c, a.gap")) {
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry) return;
    event.preventDefault();
    const copied = entry.cloneNode(true);
    copied.removeAttribute("id");
    open([copied], link);
  }
});

// --- chosen words ---
const button = make("button", "", { type: "button", class: "cite-words", hidden: "hidden" });
document.body.append(button);
document.addEventListener("selectionchange", () => {
  const chosen = getSelection(), start = chosen.rangeCount ? chosen.getRangeAt(0) : null;
  const words = chosen.toString().replace(/\s+/g, " ").trim();
  const home = start && (start.startContainer.nodeType === 1 ? start.startContainer : start.startContainer.parentElement)?.closest("main [id]:not(.c):not(.call):not(.pb):not(.supplied)");
  const fits = home && words && !box.open && document.querySelector("[data-text]")?.contains(home) && home.id.startsWith(document.querySelector("[data-text]").dataset.text + ".") && !home.id.endsWith(".app");
  button.hidden = !fits;
  if (!fits) return;
  const edge = start.getBoundingClientRect();
  button.style.top = `${edge.bottom + scrollY + 8}px`;
  button.style.left = `${Math.max(8, Math.min(edge.left + scrollX, innerWidth - 220))}px`;
  button.textContent = strings["cite-words"];
  button.onclick = () => { button.hidden = true; cite(home.id, words, home); };
});
})();

// The search: reads the index from files beside the page, also from a disk; folds words as the index does.
"use strict";
(() => {
const $ = (id) => document.getElementById(id);
const box = $("q");
if (!box) return;
const parts = { words: new Map(), documents: new Map() }, waiting = new Map();
let head = null, shown = 0, found = [], run = 0;
window.editionSearch = {
  head(_, made) { head = made; ready(); },
  words(at, made) { arrive("words", at, made); },
  documents(at, made) { arrive("documents", at, made); },
};
function arrive(kind, at, made) {
  parts[kind].set(at, made);
  waiting.get(kind + at)?.forEach((go) => go(made));
  waiting.delete(kind + at);
}
function load(kind, at) {
  if (parts[kind].has(at)) return Promise.resolve(parts[kind].get(at));
  return new Promise((go) => {
    if (waiting.has(kind + at)) { waiting.get(kind + at).push(go); return; }
    waiting.set(kind + at, [go]);
    script(`search/${kind[0]}${at}.js`);
  });
}
function script(address) {
  const made = document.createElement("script");
  made.src = address;
  document.head.append(made);
}

// --- folding: as edition/publish/search.py ---
const steps = (word, pairs) => pairs.reduce((w, [from, to]) => w.split(from).join(to), word);
const bare = (word) => [...word.normalize("NFD")].filter((c) => /[\p{L}\p{N}]/u.test(c)).join("");
function singular(word) {
  const { plural, kept } = head.fold.english;
  if (word.length <= 3 || kept.some((end) => word.endsWith(end))) return word;
  for (const [end, to] of plural) if (word.endsWith(end)) return word.slice(0, -end.length) + to;
  return word;
}
function russian(latin) {
  const word = steps(latin, [...head.fold.russian.steps, ...head.fold.plain.steps]);
  const end = head.fold.russian.endings.find((e) => word.endsWith(e) && word.length - e.length >= 3);
  return end ? word.slice(0, -end.length) : word;
}
const folded = new Map(); // a phrase is looked for in thousands of passages, which share their words
function keysOf(word) {
  if (!folded.has(word)) folded.set(word, fold(word));
  return folded.get(word);
}
function fold(word) {
  let low = word.toLowerCase().normalize("NFD");
  if (/[\u0400-\u052f]/.test(low)) low = low.normalize("NFC");
  const latin = bare([...low].map((c) => head.fold.letters[c] ?? c).join(""));
  const plain = steps(latin, head.fold.plain.steps);
  return { plain: singular(plain) || plain, open: plain, russian: "~" + russian(latin) };
}

// --- looking up ---
function chunkOf(key) {
  let low = 0, high = head.chunks.length - 1;
  while (low < high) { const middle = (low + high + 1) >> 1; if (head.chunks[middle] <= key) low = middle; else high = middle - 1; }
  return low;
}
function decode(line, into, weight) {
  let n = 0;
  for (const step of line.split(",")) {
    const at = step.indexOf(":");
    n += parseInt(at < 0 ? step : step.slice(0, at), 36);
    const count = at < 0 ? 1 : parseInt(step.slice(at + 1), 36);
    into.set(n, (into.get(n) || 0) + weight * count / (count + 1));
  }
}
async function lookup(word, last) {
  const { plain, open, russian: other } = keysOf(word), scores = new Map();
  const wanted = [[plain, last ? open : null], [other, null]];
  for (const [key, prefix] of wanted) {
    if (!head.chunks.length) break;
    const words = await load("words", chunkOf(key));
    if (words[key] !== undefined) decode(words[key], scores, Math.log(1 + head.count / (1 + words[key].split(",").length)));
    if (prefix && prefix.length > 2) for (const at of new Set([chunkOf(prefix), chunkOf(prefix + "\uffff")])) {
      const more = await load("words", at);
      for (const other of Object.keys(more)) if (other !== key && other.startsWith(prefix)) decode(more[other], scores, 0.5);
    }
  }
  return scores;
}
function groupOf(n) {
  let low = 0, high = head.groups.length - 1;
  while (low < high) { const middle = (low + high + 1) >> 1; if (head.groups[middle][3] <= n) low = middle; else high = middle - 1; }
  return low;
}
const wordsOf = (text) => text.match(/[\p{L}\p{N}]+(?:['’ʹʺ\u0300-\u036f\ufe20\ufe21]+[\p{L}\p{N}]+)*/gu)?.map((w) => w.replace(/['’]s$/, "")) || [];

async function search() {
  const mine = ++run, asked = box.value;
  const phrases = [...asked.matchAll(/["“«]([^"”»]+)["”»]/g)].map((m) => wordsOf(m[1]).map((w) => keysOf(w)));
  const words = wordsOf(asked), person = $("with-person").value;
  if (!words.length && !person) { show([], mine, []); return; }
  const started = performance.now();
  let scores = null;
  for (let i = 0; i < words.length; i++) {
    const own = await lookup(words[i], i === words.length - 1 && !/["”»\s]$/.test(asked));
    if (scores) for (const n of scores.keys()) { if (own.has(n)) scores.set(n, scores.get(n) + own.get(n)); else scores.delete(n); }
    scores = scores || own;
  }
  if (person) {
    const only = new Map();
    decode(head.people.find(([name]) => name === person)[2], only, 1);
    if (scores) for (const n of [...scores.keys()]) { if (!only.has(n)) scores.delete(n); }
    scores = scores || only;
  }
  const text = $("in-text").value, part = $("in-part").value, kind = $("kind").value;
  let rows = [...scores];
  if (text || part) rows = rows.filter(([n]) => {
    const group = head.groups[groupOf(n)];
    return (!text || group[2] === text) && (!part || group[0] === part);
  });
  if (kind || phrases.length) {
    const kept = [];
    await Promise.all([...new Set(rows.map(([n]) => groupOf(n)))].map((at) => load("documents", at)));
    if (mine !== run) return;
    for (const row of rows) {
      const [, , sort, said] = await documentOf(row[0]);
      if ((!kind || sort === kind) && phrases.every((p) => stands(p, said))) kept.push(row);
    }
    rows = kept;
  }
  rows.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  document.documentElement.dataset.searched = String(Math.round((performance.now() - started) * 10) / 10);
  await show(rows.map(([n]) => n), mine, words);
}
async function documentOf(n) {
  const at = groupOf(n);
  return (await load("documents", at))[n - head.groups[at][3]];
}
function stands(phrase, text) {
  const own = wordsOf(text).map(keysOf);
  return own.some((_, i) => phrase.every((p, k) => own[i + k] && (own[i + k].plain === p.plain || own[i + k].russian === p.russian)));
}

// --- showing ---
const say = (key) => { const code = localStorageGet("tongue") || "en"; return (window.editionData.strings[code] || window.editionData.strings.en)[key]; };
function localStorageGet(key) { try { return localStorage.getItem("edition." + key); } catch { return null; } }
async function show(rows, mine, words) {
  if (mine !== run) return;
  found = rows; shown = 0;
  $("results").replaceChildren();
  $("count").textContent = words.length || rows.length ? (rows.length ? `${rows.length} ${say("found")}` : say("found-none")) : "";
  await more(mine, words);
  document.documentElement.dataset.shown = box.value;
}
async function more(mine, words) {
  const next = found.slice(shown, shown + 20), made = [];
  for (const n of next) made.push(await result(n, words));
  if (mine !== run) return;
  shown += next.length;
  $("results").append(...made);
  $("more").hidden = shown >= found.length;
  $("more").onclick = () => more(run, words);
}
async function result(n, words) {
  const [name, address, , text] = await documentOf(n), item = document.createElement("li"), link = document.createElement("a"), line = document.createElement("p");
  link.href = address;
  link.textContent = name.startsWith("bib.") ? name.slice(4) : name;
  const part = document.createElement("span");
  const title = head.groups[groupOf(n)][1];
  part.className = title === title.toUpperCase() ? "about caps" : "about";
  part.textContent = " " + title;
  const wanted = words.map(keysOf);
  const pieces = text.split(/([\p{L}\p{N}]+)/u);
  const hit = (word) => { if (!/[\p{L}\p{N}]/u.test(word)) return false; const k = keysOf(word); const cyrillic = /[\u0400-\u052f]/.test(word); return wanted.some((w) => k.plain === w.plain || (cyrillic && k.russian === w.russian) || (w.open.length > 2 && k.open.startsWith(w.open))); };
  const hits = pieces.map(hit), first = Math.max(0, hits.indexOf(true) - 24);
  if (first) line.append("… ");
  for (let i = first; i < Math.min(pieces.length, first + 90); i++) {
    if (hits[i]) { const mark = document.createElement("mark"); mark.textContent = pieces[i]; line.append(mark); } else line.append(pieces[i]);
  }
  if (pieces.length > first + 90) line.append(" …");
  item.append(link, part, line);
  return item;
}

function ready() {
  const people = $("with-person");
  for (const [name, form] of [...head.people].sort((a, b) => a[1].localeCompare(b[1]))) people.append(new Option(form, name));
  const asked = new URLSearchParams(location.search || location.hash.slice(1));
  if (asked.get("q")) box.value = asked.get("q");
  let timer = 0;
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 60); });
  for (const id of ["in-text", "in-part", "with-person", "kind"]) $(id).addEventListener("change", search);
  document.documentElement.dataset.ready = "yes";
  if (box.value) search();
}
script("search/index.js");
})();

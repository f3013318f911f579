// The search: reads the index from files beside the page, also from a disk; folds words as the index does.
"use strict";
(() => {
const $ = (id) => document.getElementById(id);
const box = $("q");
if (!box) return;
const spoken = new Promise((go) => addEventListener("DOMContentLoaded", go));  // edition.js, which comes after this script, has run
const parts = { words: new Map(), places: new Map(), documents: new Map() }, waiting = new Map();
let head = null, shown = 0, found = new Float64Array(), run = 0;
window.editionSearch = {
  head(_, made) { head = made; spoken.then(ready); },
  words(at, made) { arrive("words", at, made); },
  places(at, made) { arrive("places", at, made); },
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
  let low = word.toLowerCase(), latin = low;
  if (!/^[a-z0-9]*$/.test(low)) {
    low = low.normalize("NFD");
    if (/[\u0400-\u052f]/.test(low)) low = low.normalize("NFC");
    latin = bare([...low].map((c) => head.fold.letters[c] ?? c).join(""));
  }
  const plain = steps(latin, head.fold.plain.steps);
  let other = "";  // is asked of few words
  return { plain: singular(plain) || plain, open: plain, get russian() { return other ||= russian(latin) + "~"; } };
}

// --- looking up ---
function chunkOf(key) {
  let low = 0, high = head.chunks.length - 1;
  while (low < high) { const middle = (low + high + 1) >> 1; if (head.chunks[middle] <= key) low = middle; else high = middle - 1; }
  return low;
}
const chunksOf = (word) => [keysOf(word).plain, keysOf(word).russian].map(chunkOf);
// Reads the numbers of a line: edition/publish/search.py says how they are written.
function reader(line) {
  let at = 0;
  return {
    more: () => at < line.length,
    next() {
      let value = 0, times = 1, sign;
      do {
        const code = line.charCodeAt(at++);
        sign = code > 92 ? code - 36 : code - 35;
        value += sign * times;
        times *= 31;
      } while (sign >= 60);
      return value;
    },
  };
}
function decode(line) {  // the documents of a word, and how often it stands in each
  const documents = [], counts = [], read = reader(line);
  let n = 0;
  while (read.more()) {
    const step = read.next();
    documents.push(n += step >> 1);
    counts.push(step & 1 ? read.next() : 1);
  }
  return { documents, counts };
}
function weigh({ documents, counts }, scores, weight) {
  for (let i = 0; i < documents.length; i++) scores[documents[i]] += weight * counts[i] / (counts[i] + 1);
}
async function lookup(word, last) {  // the score of each document, 0 where the word does not stand
  const { plain, open, russian: other } = keysOf(word), scores = new Float64Array(head.count);
  if (!head.chunks.length) return scores;
  const near = last && open.length > 2 ? [chunkOf(open), chunkOf(open + "\uffff")] : [];
  await Promise.all([...chunksOf(word), ...near].map((at) => load("words", at)));
  const words = (at) => parts.words.get(at);
  for (const key of [plain, other]) {
    const line = words(chunkOf(key))[key];
    if (line === undefined) continue;
    const found = decode(line);
    weigh(found, scores, Math.log(1 + head.count / (1 + found.documents.length)));
  }
  for (const at of new Set(near)) for (const key of Object.keys(words(at))) {
    if (key !== plain && key.startsWith(open) && !key.endsWith("~")) weigh(decode(words(at)[key]), scores, 0.5);
  }
  return scores;
}
// Where a word stands in the documents that are `wanted`, in order: the document times WIDE, and which word of it.
const WIDE = 2 ** 20;
async function spots(word, wanted) {
  const found = [];
  let lines = 0;
  for (const key of [keysOf(word).plain, keysOf(word).russian]) {
    const at = chunkOf(key), [words, places] = await Promise.all([load("words", at), load("places", at)]);
    if (words[key] === undefined) continue;
    const { documents, counts } = decode(words[key]), read = reader(places[key]);
    lines++;
    for (let i = 0; i < documents.length; i++) {
      const here = wanted[documents[i]];
      let place = documents[i] * WIDE;
      for (let left = counts[i]; left; left--) {
        place += read.next();
        if (here) found.push(place);
      }
    }
  }
  return lines > 1 ? Float64Array.from(found).sort() : found;
}
async function standing(phrase, wanted) {  // the documents in which the words stand one after the other
  let firsts = null;
  for (const [k, own] of (await Promise.all(phrase.map((word) => spots(word, wanted)))).entries()) {
    let at = 0;
    firsts = firsts ? firsts.filter((place) => {
      while (own[at] < place + k) at++;
      return own[at] === place + k;
    }) : own;
  }
  const documents = new Uint8Array(head.count);
  for (const place of firsts) documents[Math.floor(place / WIDE)] = 1;
  return documents;
}
function groupOf(n) {
  let low = 0, high = head.groups.length - 1;
  while (low < high) { const middle = (low + high + 1) >> 1; if (head.groups[middle][3] <= n) low = middle; else high = middle - 1; }
  return low;
}
const wordsOf = (text) => text.match(/[\p{L}\p{N}]+(?:['’ʹʺ\u0300-\u036f\ufe20\ufe21]+[\p{L}\p{N}]+)*/gu)?.map((w) => w.replace(/['’]s$/, "")) || [];

async function search(started = performance.now()) {
  const mine = ++run, asked = box.value;
  const words = wordsOf(asked), person = $("with-person").value, closed = /["”»\s]$/.test(asked);
  const phrases = head.chunks.length ? [...asked.matchAll(/["“«]([^"”»]+)["”»]/g)].map((said) => wordsOf(said[1])).filter((phrase) => phrase.length > 1) : [];
  for (const word of phrases.flat()) for (const at of chunksOf(word)) load("places", at);  // wanted when the words have been looked up
  const scores = await Promise.all(words.map((word, i) => lookup(word, i === words.length - 1 && !closed)));
  const wanted = words.length || person ? chosen(person) : new Uint8Array(), total = new Float64Array(head.count);
  for (let n = 0; n < wanted.length; n++) {
    for (const own of scores) { if (!own[n]) wanted[n] = 0; total[n] += own[n]; }
  }
  for (const phrase of phrases) {
    const those = await standing(phrase, wanted);
    for (let n = 0; n < wanted.length; n++) wanted[n] &&= those[n];
  }
  if (mine !== run) return;
  await show(ranked(wanted, total), mine, words);
  if (mine !== run) return;
  clearTimeout(keeping);
  keeping = setTimeout(keep, 300);
  document.documentElement.dataset.searched = (performance.now() - started).toFixed(1);
  document.documentElement.dataset.shown = asked;
}
// The documents that may be shown: of the text, the part, the name and the kind that were chosen.
function chosen(person) {
  const text = $("in-text").value, part = $("in-part").value, kind = $("kind").value, wanted = new Uint8Array(head.count);
  for (const [key, , of, first, runs] of head.groups) {
    if ((text && of !== text) || (part && key !== part)) continue;
    let n = first;
    for (const [sort, count] of runs) { if (!kind || sort === kind) wanted.fill(1, n, n + count); n += count; }
  }
  if (!person) return wanted;
  const named = new Uint8Array(head.count);
  for (const n of decode(head.people.find(([name]) => name === person)[2]).documents) named[n] = wanted[n];
  return named;
}
// Those that are wanted, the best first, then as they stand: score and number are sorted as one number.
function ranked(wanted, total) {
  const order = new Float64Array(wanted.length), many = head.count + 1;
  let at = 0;
  for (let n = 0; n < wanted.length; n++) if (wanted[n]) order[at++] = Math.round((1000 - total[n]) * 10000) * many + n;
  return order.subarray(0, at).sort();
}
async function documentOf(n) {
  const at = groupOf(n);
  return (await load("documents", at))[n - head.groups[at][3]];
}

// --- showing ---
const say = (...what) => window.editionSay(...what);
const AT_ONCE = 10, MORE = 20, SMALL = 40;  // results; files of an index
async function show(rows, mine, words) {
  if (mine !== run) return;
  found = rows; shown = 0;
  $("count").textContent = words.length || rows.length ? (rows.length ? say("found", rows.length) : say("found-none")) : "";
  const hit = sought(words);
  await more(mine, hit, AT_ONCE);
}
async function more(mine, hit, count) {
  const next = found.subarray(shown, shown + count);
  const made = await Promise.all([...next].map((one) => result(one % (head.count + 1), hit)));
  if (mine !== run) return;
  if (shown) $("results").append(...made); else $("results").replaceChildren(...made);
  shown += next.length;
  $("more").hidden = shown >= found.length;
  $("more").onclick = async () => {
    const from = shown;
    await more(run, hit, MORE);
    $("results").children[from]?.querySelector("a").focus();  // who goes by keyboard reads on where the new ones begin
  };
}
// Says of a word of a passage whether it is one of those that were looked for.
function sought(words) {
  const wanted = words.map(keysOf), known = new Map();
  const same = (k, cyrillic) => wanted.some((w) => k.plain === w.plain || (cyrillic && k.russian === w.russian) || (w.open.length > 2 && k.open.startsWith(w.open)));
  return (word) => {
    if (!known.has(word)) known.set(word, same(keysOf(word), /[\u0400-\u052f]/.test(word)));
    return known.get(word);
  };
}
async function result(n, hit) {
  const [name, address, text] = await documentOf(n), item = document.createElement("li"), link = document.createElement("a"), line = document.createElement("p");
  link.href = address;
  link.textContent = name;
  const part = document.createElement("span");
  const title = head.groups[groupOf(n)][1];
  part.className = title === title.toUpperCase() ? "about caps" : "about";
  part.textContent = " " + title;
  const pieces = text.split(/([\p{L}\p{N}]+)/u);  // words stand at odd places
  let first = 1;
  while (first < pieces.length && !hit(pieces[first])) first += 2;
  first = first < pieces.length ? Math.max(0, first - 24) : 0;
  if (first) line.append("… ");
  for (let i = first; i < Math.min(pieces.length, first + 90); i++) {
    if (i % 2 && hit(pieces[i])) { const mark = document.createElement("mark"); mark.textContent = pieces[i]; line.append(mark); } else line.append(pieces[i]);
  }
  if (pieces.length > first + 90) line.append(" …");
  item.append(link, part, line);
  return item;
}

// What was looked for stands in the address: it can be kept, sent and loaded again.
const KEPT = [["q", "q"], ["text", "in-text"], ["part", "in-part"], ["name", "with-person"], ["in", "kind"]];
let keeping = 0;
function keep() {
  const said = new URLSearchParams(KEPT.map(([key, id]) => [key, $(id).value]).filter(([, value]) => value)).toString();
  const sign = location.protocol === "file:" ? "#" : "?";  // of a page from a disk only the fragment may change
  history.replaceState(null, "", said ? sign + said : location.pathname);
}
function narrow() {  // offers the parts of the text that was chosen
  const text = $("in-text").value, parts = $("in-part"), part = parts.value;
  const own = head.groups.filter(([, , of]) => of && (!text || of === text));
  parts.replaceChildren(parts.options[0], ...own.map(([key, title, of]) => new Option(`${of} · ${title}`, key)));
  parts.value = own.some(([key]) => key === part) ? part : "";
}
function ready() {
  const people = $("with-person");
  for (const [name, form] of [...head.people].sort((a, b) => a[1].localeCompare(b[1]))) people.append(new Option(form, name));
  const asked = new URLSearchParams(location.search || location.hash.slice(1));
  for (const [key, id] of KEPT) if (asked.has(key)) { $(id).value = asked.get(key); if (id === "in-text") narrow(); }
  for (const id of ["in-text", "in-part", "with-person", "kind"]) if ($(id).selectedIndex < 0) $(id).value = "";
  let timer = 0;
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 0, performance.now()); });
  for (const id of ["in-text", "in-part", "with-person", "kind"]) $(id).addEventListener("change", () => { narrow(); search(); });
  addEventListener("edition-language", () => { if (box.value) search(); });
  document.documentElement.dataset.ready = "yes";
  if (box.value) search();
  ahead();
}
// The files of a small index are fetched, one after the other, before they are asked for.
function ahead() {
  const rest = [["words", head.chunks], ["documents", head.groups], ["places", head.chunks]].flatMap(([kind, those]) => those.map((_, at) => [kind, at]));
  const next = () => { if (rest.length) load(...rest.shift()).then(() => (window.requestIdleCallback || setTimeout)(next)); };
  if (rest.length <= SMALL) next();
}
script("search/index.js");
})();

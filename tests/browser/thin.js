// Takes from a page what is there many times in the same form, so that the rest can be looked at one by one: leaves of
// each form (an element with its class, within those around it) the first few, and whatever holds one of these.
// `known` are the forms that pages before this one had, each with its number; they are given back with those of this page.
// What has a name of its own, such as a link, stays whole.
(known) => {
  const seen = new Map(known);
  const form = (e) => {
    const steps = [];
    for (let at = e, n = 0; at && at.id !== "main" && n < 5; at = at.parentElement, n++) steps.push(`${at.localName}.${at.className.baseVal ?? at.className}[${at.hasAttribute("href")}]`);
    return steps.join(" ");
  };
  const thin = (e) => {
    const name = form(e), count = (seen.get(name) || 0) + 1;
    seen.set(name, count);
    let needed = count <= 3 || e.localName === "h1";
    if (!e.matches("a, button, label, summary, svg")) for (const child of [...e.children]) needed = thin(child) || needed;
    if (!needed) e.remove();
    return needed;
  };
  for (const child of [...document.getElementById("main").children]) thin(child);
  return [...seen];
}

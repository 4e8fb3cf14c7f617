"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const list = byId("list");
  const cards = list ? Array.from(list.children) : [];
  const form = byId("filters");
  let told = null;
  let texts = null;

  // What is told on demand stands in one piece of JSON, read when it is first needed.
  const details = () => (told ??= JSON.parse(byId("details").textContent));

  const make = (name, text, ...children) => {
    const found = document.createElement(name);
    if (text) found.textContent = text;
    found.append(...children);
    return found;
  };

  const isWeb = (address) => {
    try { return ["http:", "https:"].includes(new URL(address).protocol); } catch { return false; }
  };

  const link = (address, words) => {
    if (!isWeb(address)) return make("span", words);
    const found = make("a", words);
    found.href = address;
    found.rel = "noopener noreferrer nofollow";
    return found;
  };

  const wording = ([speaker, role, label, severity, words, form, targets, conditional, rests, evidence, id]) => {
    const found = make("li");
    const said = make("p", `${speaker}${role ? ` (${role})` : ""}: `);
    const quote = make("span", words);
    quote.dir = "auto";
    said.append(quote);
    const facts = [`${label}, severity ${severity}`, { direct: "word for word", mixed: "partly word for word" }[form] ?? "paraphrased"];
    if (conditional) facts.push("with a condition");
    if (targets.length) facts.push(`aimed at ${targets.join(", ")}`);
    if (rests) facts.push(`found by ${rests}`);
    found.append(said, make("p", facts.join("; ")));
    if (evidence.length) found.append(make("p", `Why: ${evidence.map(([rule, match]) => (match ? `${rule} (“${match}”)` : rule)).join("; ")}`));
    found.append(make("p", "More: ", make("code", `tocsin explain ${id}`)));
    return found;
  };

  const report = ([outlet, at, title, address]) => {
    const found = make("li", [at && `${at} UTC`, outlet].filter(Boolean).join(", "));
    if (title || address) found.append(": ", link(address, title || address));
    return found;
  };

  const section = (title, items, render, left) => {
    const found = make("ul", "", ...items.map(render));
    found.className = "told";
    if (left) found.append(make("li", `and ${left} more`));
    return [make("h4", title), found];
  };

  const fill = (box) => {
    if (box.dataset.filled) return;
    box.dataset.filled = "1";
    const one = details()[box.closest("li").id.slice("event-".length)];
    if (!one) return;
    box.append(
      ...section(one.wordings.length > 1 ? "Claims and evidence" : "Evidence", one.wordings, wording, one.left[0]),
      ...section("Reports", one.reports, report, one.left[1]),
    );
  };

  // toggle does not bubble: it is caught on its way down
  list?.addEventListener("toggle", (event) => { if (event.target.open) fill(event.target); }, true);

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const textOf = (card) => {
    texts ??= new Map();
    if (!texts.has(card)) texts.set(card, fold(`${card.textContent} ${JSON.stringify(details()[card.id.slice("event-".length)] ?? "")}`));
    return texts.get(card);
  };

  const wanted = (text) => Array.from(fold(text).matchAll(/"([^"]+)"|(\S+)/g), (found) => found[1] ?? found[2]);

  const chosen = () => {
    const value = (name) => form.elements[name].value;
    const isOn = (name) => form.elements[name].checked;
    return {
      words: wanted(value("q")), side: value("side"), aim: value("aim"), polarity: value("polarity"),
      severity: Number(value("severity")), category: value("category"), from: value("from"), to: value("to"),
      direct: isOn("direct"), news: isOn("news"), rung: isOn("rung"),
    };
  };

  const fits = (card, one) => {
    const data = card.dataset;
    return (one.side === "*" || data.side === one.side) && (one.aim === "*" || data.aim === one.aim)
      && (one.polarity === "*" || data.polarity === one.polarity) && (one.category === "*" || data.category === one.category)
      && (!one.severity || (data.polarity === "escalatory" && Number(data.severity) >= one.severity))
      && (!one.from || data.day >= one.from) && (!one.to || (data.day !== "" && data.day <= one.to))
      && (!one.direct || data.form === "direct") && (!one.news || "news" in data) && (!one.rung || "rung" in data)
      && (!one.words.length || one.words.every((word) => textOf(card).includes(word)));
  };

  // What is chosen stands in the address, so that a view can be kept and passed on.
  const VIEW = "#view?";

  const isSet = (field) => (field.type === "checkbox" ? field.checked : field.selectedIndex > 0 || (field.tagName === "INPUT" && field.value !== ""));

  const remember = () => {
    const set = Array.from(form.elements).filter(isSet);
    const view = new URLSearchParams(set.map((field) => [field.name, field.type === "checkbox" ? "on" : field.value]));
    if (set.length || location.hash.startsWith(VIEW)) history.replaceState(null, "", set.length ? VIEW + view : "#events");
  };

  const recall = () => {
    form.reset();
    for (const [name, value] of new URLSearchParams(location.hash.slice(VIEW.length))) {
      const field = form.elements.namedItem(name);
      if (field?.type === "checkbox") field.checked = true;
      else if (field?.name) field.value = value;
      if (field?.selectedIndex === -1) field.selectedIndex = 0;  // of another page
    }
  };

  const apply = () => {
    const one = chosen();
    let n = 0;
    for (const card of cards) {
      card.hidden = !fits(card, one);
      if (!card.hidden) n += 1;
    }
    const all = cards.length.toLocaleString("en");
    byId("shown").textContent = n === cards.length ? `${all} event${n === 1 ? "" : "s"}` : `${n.toLocaleString("en")} of ${all} events`;
  };

  // An event without a day comes last, whichever way days are ordered.
  const orders = {
    newest: null,
    oldest: (a, b) => (a.dataset.day || "9999").localeCompare(b.dataset.day || "9999"),
    gravest: (a, b) => (b.dataset.polarity === "escalatory") - (a.dataset.polarity === "escalatory") || b.dataset.severity - a.dataset.severity,
    widest: (a, b) => b.dataset.outlets - a.dataset.outlets,
  };

  // Moving the cards loses focus and place: only a change of order moves them.
  let order = "newest";
  const sort = () => {
    const wished = form.elements.order.value;
    if (wished === order) return;
    order = wished;
    list.append(...(orders[order] ? Array.from(cards).sort(orders[order]) : cards));
  };

  const showAll = () => { form.reset(); apply(); sort(); };

  if (form) {
    let waiting;
    form.addEventListener("input", (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { sort(); apply(); remember(); }, event.target.name === "q" ? 150 : 0);
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
    form.addEventListener("reset", () => setTimeout(() => { apply(); sort(); remember(); }));
    sort();  // a browser may have kept what was chosen before
    if (Array.from(form.elements).some(isSet)) apply();
  }

  const goToEvents = () => { byId("events").scrollIntoView(); byId("events-title").focus({ preventScroll: true }); };

  for (const cell of document.querySelectorAll(".matrix a")) {
    cell.addEventListener("click", (event) => {
      event.preventDefault();
      form.reset();
      form.elements.side.value = cell.dataset.side;
      form.elements.aim.value = cell.dataset.aim;
      setTimeout(() => { apply(); goToEvents(); });
    });
  }

  byId("show-news")?.addEventListener("click", () => {
    form.reset();
    form.elements.news.checked = true;
    setTimeout(() => { apply(); goToEvents(); });
  });

  // A permalink shows its event, whatever the filters hide.
  const follow = () => {
    if (form && location.hash.startsWith(VIEW)) { recall(); sort(); apply(); goToEvents(); return; }
    const card = location.hash.startsWith("#event-") ? byId(location.hash.slice(1))?.closest("li") : null;  // by an id of before it was merged, too
    if (!card) return;
    if (card.hidden) showAll();
    const box = card.querySelector("details");
    fill(box);
    box.open = true;
    card.scrollIntoView({ block: "start" });
    card.querySelector("h3 a").focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);
  follow();

  const pair = byId("pair");
  if (pair) {
    const show = () => {
      for (const one of document.querySelectorAll(".ladder")) one.hidden = one.dataset.pair !== pair.value;
    };
    pair.addEventListener("change", show);
    show();
  }

  const valueOf = (row, place) => row.cells[place].textContent.trim();

  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, place) => {
      const button = make("button", head.textContent);
      button.type = "button";
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        const down = head.classList.contains("n") ? before !== "descending" : before === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = Array.from(table.tBodies[0].rows);
        rows.sort((a, b) => valueOf(a, place).localeCompare(valueOf(b, place), "en", { numeric: true }) * (down ? -1 : 1));
        table.tBodies[0].append(...rows);
      });
    });
  }

  // The next or previous event that is shown, from where the focus is.
  const step = (by) => {
    const shown = Array.from(list.children).filter((card) => !card.hidden);
    const here = shown.indexOf(document.activeElement?.closest(".events > li"));
    const next = shown[here < 0 ? 0 : Math.min(Math.max(here + by, 0), shown.length - 1)];
    next?.scrollIntoView({ block: "nearest" });
    next?.querySelector("h3 a").focus({ preventScroll: true });
  };

  addEventListener("keydown", (event) => {
    if (!form || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "/") { event.preventDefault(); form.elements.q.focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });

  // On paper what is told of a few events stands open.
  addEventListener("beforeprint", () => {
    const shown = cards.filter((card) => !card.hidden);
    if (shown.length > 200) return;
    for (const card of shown) { const box = card.querySelector("details"); fill(box); box.open = true; }
  });
})();

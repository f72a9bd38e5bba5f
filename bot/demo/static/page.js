// The page: three ways in, a tour, what it comes to, and the channels that somebody may open. It asks
// the demo every other second, and draws again only when something has changed.

const texts = JSON.parse(document.getElementById("texts").textContent);
const people = document.getElementById("people");
const groups = document.getElementById("groups");
const lost = document.getElementById("lost");
const as = document.getElementById("as");
const doors = document.getElementById("doors");
const tour = document.getElementById("tour");
const came = document.getElementById("came");
const EVERY_MS = 2000;
const CHOICE = "leda-demo-person";

let world = null;
let known = "";
let chosen = new URLSearchParams(location.search).get("as") ?? sessionStorage.getItem(CHOICE);

/** An element with attributes and children; text is always text, never markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const replies = (n) => fill(texts[`replies_${n > 1 ? "n" : n}`], { n });
const person = () => world.people.find((one) => one.id === chosen);

function address(room, card, who = chosen) {
  const query = new URLSearchParams({ as: who, ...(card ? { card } : {}) });
  return `/open/${room}?${query}`;
}

function drawDoors() {
  doors.replaceChildren(...world.doors.map((one) => {
    const who = world.people.find((each) => each.id === one.person);
    const name = (who.organisation ?? who.name).split(" ")[0];
    return make("a", { class: `door to-${one.leads}`, href: address(one.room, one.card, one.person) },
      make("span", { class: "name" }, fill(texts[`door_${one.leads}`], { name })),
      make("span", { class: "about" }, texts[`door_${one.leads}_about`]));
  }));
}

function drawTour() {
  tour.replaceChildren(...Object.entries(world.tour).map(([role, kinds]) => make("section", {},
    make("h3", {}, texts[`tour_${role}`]),
    make("ol", {}, ...kinds.map((kind) => {
      const done = world.done.includes(kind);
      return make("li", { class: done ? "done" : "todo", "data-step": kind },
        make("span", { class: "tick", role: "img", "aria-label": done ? texts.done : texts.todo }, done ? "✓" : ""),
        make("span", {}, texts[`tour_${kind}`]));
    })))));
}

function drawCame() {
  const areas = Map.groupBy(world.adopted, (one) => one.area);
  came.replaceChildren(...[...areas].map(([area, factors]) => make("section", { class: "area" },
    make("h3", { lang: area ? "sv" : null }, area || texts.came_no_area),
    make("ul", {}, ...factors.map((one) => make("li", {},
      make("a", { href: address(one.channel, one.card), lang: "sv" }, one.title)))))));
  if (!areas.size) came.replaceChildren(make("p", { class: "quiet" }, texts.came_none));
}

function drawPeople() {
  const sections = ["coordinator", "participant", "follower"].map((role) => make("fieldset", {},
    make("legend", {}, texts[`role_${role}`]),
    make("div", { class: "faces" },
      ...world.people.filter((one) => one.role === role).map(face))));
  people.replaceChildren(...sections);
}

function face(one) {
  const radio = make("input", { type: "radio", name: "person", value: one.id });
  radio.checked = one.id === chosen;
  const picture = one.portrait
    ? make("img", { src: one.portrait, alt: "", width: 36, height: 36 }) : null;
  const about = one.organisation ?? texts[`about_${one.role}`];
  return make("label", { class: "face" }, radio, picture, make("span", { class: "who" },
    make("span", { class: "name", lang: "sv" }, one.name),
    make("span", { class: "about", lang: one.organisation ? "sv" : null }, about)));
}

function drawRooms() {
  const who = person();
  as.querySelector("strong").textContent = who?.name ?? "";
  const drawn = world.groups.map(group).filter(Boolean);
  if (who?.direct) drawn.push(make("a", { class: "direct", href: address(who.direct) }, texts.direct));
  groups.replaceChildren(...drawn);
}

function group(one) {
  const open = one.rooms.filter((room) => room.readers.includes(chosen));
  if (!open.length) return null;
  return make("section", { class: "group" },
    make("h3", { lang: one.name ? "sv" : null },
      one.emoji ? make("span", { class: "emoji", "aria-hidden": "true" }, one.emoji) : null,
      one.name || texts.common),
    make("ul", { class: "channels" }, ...open.map(channel)));
}

function channel(room) {
  return make("li", {},
    make("a", { class: "channel", href: address(room.id), lang: "sv", "data-channel": room.name },
      make("span", { class: "hash", "aria-hidden": "true" }, "#"),
      make("span", { class: "words" },
        make("span", { class: "name" }, room.name),
        room.topic ? make("span", { class: "topic" }, room.topic) : null)),
    room.cards.length ? make("ul", { class: "cards" }, ...room.cards.map((one) => card(room, one))) : null);
}

function card(room, one) {
  return make("li", { class: "card" },
    make("a", { class: "title", href: address(room.id, one.id), lang: "sv" },
      one.emoji ? make("span", { class: "emoji", "aria-hidden": "true" }, one.emoji) : null,
      make("span", {}, one.title)),
    make("a", { class: "thread", href: address(one.id),
      "aria-label": `${fill(texts.open_thread, { title: one.title })}, ${replies(one.replies)}` },
      replies(one.replies)));
}

/** Draw again, and leave the focus where it was. */
function draw() {
  const focused = document.activeElement;
  const href = focused?.getAttribute("href");
  const value = focused?.getAttribute("value");
  if (!person()) chosen = (world.people.find((one) => one.role === "participant") ?? world.people[0])?.id;
  drawDoors();
  drawTour();
  drawCame();
  drawPeople();
  drawRooms();
  const again = href ? `a[href="${CSS.escape(href)}"]` : value ? `input[value="${CSS.escape(value)}"]` : null;
  if (again && !focused.isConnected) document.querySelector(again)?.focus({ preventScroll: true });
}

async function ask() {
  try {
    const answer = await fetch("/api/world", { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    lost.hidden = true;
    if (text !== known) {
      known = text;
      world = JSON.parse(text);
      draw();
    }
  } catch {
    lost.hidden = false;
  }
}

async function watch() {
  if (!document.hidden) await ask();
  setTimeout(watch, EVERY_MS);
}

people.addEventListener("change", (event) => {
  chosen = event.target.value;
  sessionStorage.setItem(CHOICE, chosen);
  drawCame();
  drawRooms();
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) void ask(); });

void watch();

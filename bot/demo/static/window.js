// In SimCord's page: what would lead to Discord leads to the same place in the demo, what one has
// just caused comes into view, and trouble is told in words.

const texts = JSON.parse(document.getElementById("leda-texts").textContent);
const home = document.querySelector(".leda-home").href;
const app = document.getElementById("preview-app");
const timeline = document.getElementById("channel-timeline");
const list = document.getElementById("channel-message-list");
const theirStatus = document.getElementById("action-status");
const ourStatus = document.getElementById("leda-status");
const IN_DISCORD = /^https:\/\/discord\.com\/channels\/\d+\/(\d+)(?:\/(\d+))?$/;
const RECENTLY_MS = 8000;
const NEAR_PX = 160;

let acted = 0;
let follow = false;

function go(channel, card) {
  const query = new URLSearchParams({ as: window.simcordPreview.viewerId });
  if (card) query.set("card", card);
  location.assign(`${home}open/${channel}?${query}`);
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const [, channel, card] = IN_DISCORD.exec(event.target.closest("a")?.href ?? "") ?? [];
  // A thread has the id of the message that it hangs on.
  const thread = event.target.closest(".thread-summary")?.closest("[data-message-id]")?.dataset.messageId;
  if (!channel && !thread) return;
  event.preventDefault();
  go(channel ?? thread, card);
}, true);

for (const kind of ["click", "keydown", "submit"]) {
  document.addEventListener(kind, () => { acted = Date.now(); }, true);
}

// As in Discord: an answer to what I did is scrolled to, also if I was not quite at the end.
let newest = null;
new MutationObserver(() => {
  const last = [...list.querySelectorAll("[data-message-id]")].at(-1);
  if (!last || last.dataset.messageId === newest) return;
  const left = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight - last.offsetHeight;
  follow ||= newest !== null && (Date.now() - acted < RECENTLY_MS || left < NEAR_PX);
  newest = last.dataset.messageId;
}).observe(list, { childList: true });
new MutationObserver(() => {
  if (!follow || app.getAttribute("aria-busy") === "true") return;
  follow = false;
  requestAnimationFrame(() => { timeline.scrollTop = timeline.scrollHeight; });
}).observe(app, { attributeFilter: ["aria-busy"] });

new MutationObserver(() => {
  const said = theirStatus.textContent;
  const known = Object.keys(texts.status).find((begin) => said.startsWith(begin));
  ourStatus.textContent = known ? texts.status[known] : "";
}).observe(theirStatus, { childList: true, characterData: true, subtree: true });

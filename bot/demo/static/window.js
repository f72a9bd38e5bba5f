// In SimCord's page: what would lead to Discord leads to the same place in the demo, commands are
// known by their Swedish names too, and trouble is told in words.

const texts = JSON.parse(document.getElementById("leda-texts").textContent);
const home = document.querySelector(".leda-home").href;
const app = document.getElementById("preview-app");
const timeline = document.getElementById("channel-timeline");
const list = document.getElementById("channel-message-list");
const theirStatus = document.getElementById("action-status");
const ourStatus = document.getElementById("leda-status");
const IN_DISCORD = /^https:\/\/discord\.com\/channels\/\d+\/(\d+)(?:\/(\d+))?$/;
const NEAR_PX = 160;

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

// SimCord knows the commands' English names alone: what is Swedish becomes English as it is typed.
document.addEventListener("input", (event) => {
  if (event.target.id !== "channel-composer-input" || !event.target.value.startsWith("/")) return;
  const typed = event.target.value.slice(1);
  const begins = (name) => typed === name || typed.startsWith(`${name} `);
  const longest = Object.keys(texts.commands).filter(begins).sort((a, b) => b.length - a.length)[0];
  if (longest) event.target.value = `/${texts.commands[longest]}${typed.slice(longest.length)}`;
}, true);

// As in Discord: whoever is at the end of a channel sees what comes there. Nobody else is taken
// there, not even to the answer to their own press.
let newest = null;
new MutationObserver(() => {
  const last = [...list.querySelectorAll("[data-message-id]")].at(-1);
  if (!last || last.dataset.messageId === newest) return;
  const left = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight - last.offsetHeight;
  follow ||= newest !== null && left < NEAR_PX;
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

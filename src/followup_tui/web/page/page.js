// Runs before textual.js: it says where the board's socket is, and what the one button does.
"use strict";

const socket = new URL("ws", location.href);
socket.protocol = location.protocol === "https:" ? "wss:" : "ws:";
document.getElementById("terminal").dataset.sessionWebsocketUrl = socket.href;

document.getElementById("start").addEventListener("click", () => location.reload());

// A page that is opened from the board must not get hold of this one. Without an address the caller sees to that.
const openWindow = window.open.bind(window);
window.open = (address, target) =>
  address ? openWindow(address, target, "noopener,noreferrer") : openWindow();

// Keys go to the board as soon as it is connected, without a click.
new MutationObserver((changes, observer) => {
  if (document.body.classList.contains("-loaded")) {
    observer.disconnect();
    document.querySelector(".xterm-helper-textarea").focus();
  }
}).observe(document.body, { attributeFilter: ["class"] });

// ctrl+v pastes what the browser has: the terminal would only pass the key on.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey && !event.shiftKey && event.key === "v") {
      event.stopImmediatePropagation();
    }
  },
  true,
);

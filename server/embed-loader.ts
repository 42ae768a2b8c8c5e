// What /embed.js is: at most 4 KB gzipped, no global, no cookie, no eval; text by textContent, looks by CSSOM, so that a strict policy allows it.
// A page's policy must allow this origin in script-src (or give the tag its nonce), in connect-src, and in img-src where a symbol is drawn.

/** How often an open page asks whether its button still lives, in milliseconds: gone within a minute, caches on the way included. */
export const askAgainMs = 30_000;

/**
 * Draws one link behind its own tag, and takes it away when the placement ends. Asks again while the page is seen, ever more seldom
 * while nothing is there to be drawn. On a computer the link opens a window of 1024 × 800 inside the click (field-facts 2.2).
 * Yellow, black symbol, black letters at 85 %, radius 12: as for Kakao Login, by analogy (field-facts 2.3).
 */
export const loaderScript = `(function () {
  "use strict";
  var tag = document.currentScript;
  if (!tag || !tag.src) return;
  var code = tag.getAttribute("data-placement") || "";
  if (!/^[A-Za-z0-9_]{1,50}$/.test(code)) return;
  var address = new URL("embed/" + code + ".json", tag.src).href;
  var least = ${askAgainMs}, most = 600000, wait = least;
  var link = null, shown = "", timer = 0, asking = false;

  function ask() {
    if (asking) return;
    asking = true;
    fetch(address, { credentials: "omit", cache: "no-cache" })
      .then(function (answer) {
        if (answer.ok) return answer.json();
        if (answer.status === 404 || answer.status === 410) return {};
        throw answer.status;
      })
      .then(function (button) {
        var live = button.live === true && /^https?:\\/\\//.test(button.href);
        draw(live ? button : null);
        wait = live ? least : Math.min(wait * 2, most);
      })
      .catch(function () { wait = Math.min(wait * 2, most); })
      .then(function () {
        asking = false;
        later();
      });
  }

  function later() {
    clearTimeout(timer);
    if (!document.hidden && placed()) timer = setTimeout(ask, wait);
  }

  document.addEventListener("visibilitychange", function () {
    clearTimeout(timer);
    if (!document.hidden && placed()) ask();
  });

  function placed() {
    return tag.isConnected || (link && link.isConnected);
  }

  function draw(button) {
    var next = button ? JSON.stringify(button) : "";
    if (next === shown && (!link || link.isConnected)) return;
    shown = next;
    var old = link;
    link = button && make(button);
    var focused = old && old === document.activeElement;
    if (link && old && old.isConnected) old.replaceWith(link);
    else if (link && tag.isConnected) tag.parentNode.insertBefore(link, tag.nextSibling);
    else if (old) old.remove();
    if (link && focused) link.focus();
  }

  function make(button) {
    var english = tag.getAttribute("data-label") === "en";
    var large = tag.getAttribute("data-size") === "large";
    var wide = tag.getAttribute("data-shape") === "wide";
    var plain = tag.getAttribute("data-style") === "none";
    var made = document.createElement("a");
    made.href = button.href;
    made.target = "_blank";
    made.rel = "noopener";
    made.lang = english ? "en" : "ko";
    made.className = "damso-consult";
    made.textContent = english && button.english ? button.english : button.label;
    if (button.symbol) {
      var symbol = document.createElement("img");
      symbol.alt = "";
      symbol.referrerPolicy = "no-referrer";
      symbol.onerror = function () { symbol.remove(); };
      if (!plain) Object.assign(symbol.style, { height: large ? "24px" : "20px", width: "auto", flex: "none" });
      symbol.src = button.symbol;
      made.insertBefore(symbol, made.firstChild);
    }
    if (!plain) {
      Object.assign(made.style, {
        display: wide ? "flex" : "inline-flex", alignItems: "center", justifyContent: "center", gap: "8px", boxSizing: "border-box",
        minHeight: large ? "56px" : "44px", minWidth: "44px", padding: large ? "8px 24px" : "6px 18px", borderRadius: "12px",
        background: "#FEE500", color: "rgba(0, 0, 0, 0.85)", font: "600 " + (large ? "17px" : "15px") + "/1.4 system-ui, sans-serif",
        textDecoration: "none", textAlign: "center", outline: "2px solid transparent", outlineOffset: "6px"
      });
      var ring = function () {
        made.style.boxShadow = made.matches(":focus-visible") ? "0 0 0 2px #fff, 0 0 0 4px #000, 0 0 0 6px #fff" : "none";
      };
      made.addEventListener("focus", ring);
      made.addEventListener("blur", ring);
    }
    made.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !matchMedia("(hover: hover) and (pointer: fine)").matches) return;
      var opened = window.open(made.href, "_blank", "popup,width=1024,height=800");
      if (!opened) return;
      opened.opener = null;
      event.preventDefault();
    });
    return made;
  }

  ask();
})();
`;

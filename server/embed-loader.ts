// What /embed.js is: at most 2 KB, no global, no cookie, no eval; text by textContent, looks by CSSOM, so that a strict policy allows it.
// A page's policy must allow this origin in script-src (or give the tag its nonce) and in connect-src.

/** Draws one link beside its own tag. On a computer it opens a window of 1024 × 800 inside the click (field-facts 2.2). */
export const loaderScript = `(function () {
  "use strict";
  var tag = document.currentScript;
  if (!tag || !tag.src) return;
  var code = tag.getAttribute("data-placement") || "";
  if (!/^[A-Za-z0-9_]{1,50}$/.test(code)) return;
  fetch(new URL("embed/" + code + ".json", tag.src), { credentials: "omit" })
    .then(function (answer) { return answer.ok ? answer.json() : {}; })
    .then(function (button) {
      if (button.live !== true || !/^https?:\\/\\//.test(button.href)) return;
      var link = document.createElement("a");
      link.href = button.href;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = button.label;
      link.className = "damso-consult";
      if (tag.getAttribute("data-style") !== "none") {
        Object.assign(link.style, {
          display: "inline-flex", alignItems: "center", justifyContent: "center", minHeight: "44px", padding: "0 20px",
          borderRadius: "12px", background: "#fee500", color: "#191600", font: "600 15px/1.4 system-ui, sans-serif", textDecoration: "none"
        });
      }
      link.addEventListener("click", function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey || !matchMedia("(hover: hover) and (pointer: fine)").matches) return;
        var opened = window.open(link.href, "_blank", "popup,width=1024,height=800");
        if (!opened) return;
        opened.opener = null;
        event.preventDefault();
      });
      tag.parentNode.insertBefore(link, tag.nextSibling);
    })
    .catch(function () { /* Not reachable: the page stays as it is. */ });
})();
`;

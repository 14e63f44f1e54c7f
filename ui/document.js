/**
 * What the page says around its content, in the reader's language: to screen readers and hyphenation which language it
 * is, Streamlit's own words in it, on paper when and from where it was printed, and a line when the connection is lost.
 *
 * It runs again whenever the language changes, and watches the page once: Streamlit makes its own parts later.
 */
(() => {
  "use strict";

  // Streamlit's own messages; a dialog of ours has blocks in it.
  const OWN_DIALOG = ".stDialog:not(:has([data-testid='stVerticalBlock']))";

  /** The reader's words: those of the last element that `ui/frame.py` made. */
  function words() {
    /** @type {NodeListOf<HTMLElement>} */
    const marks = document.querySelectorAll(".dateline-language");
    const mark = marks[marks.length - 1];
    if (!mark) return null;
    if (document.documentElement.lang !== mark.lang) document.documentElement.lang = mark.lang;
    return /** @type {Record<string, string>} */ (JSON.parse(mark.dataset.words ?? "{}"));
  }

  /**
   * @param {Element | null} element
   * @param {string} text
   */
  function say(element, text) {
    // Setting the same text again would be another change to look at.
    if (element && element.textContent !== text) element.textContent = text;
  }

  /**
   * @param {Element | null} element
   * @param {string} name
   */
  function label(element, name) {
    if (element && element.getAttribute("aria-label") !== name) element.setAttribute("aria-label", name);
  }

  /**
   * A button that stands under each entry of a list is named with its entry's heading.
   * @param {string} colon
   */
  function nameButtons(colon) {
    for (const holder of document.querySelectorAll("[class*='st-key-show-']")) {
      const button = holder.querySelector("button");
      const shown = button?.querySelector("[data-testid='stMarkdownContainer']")?.textContent;
      const headings = holder.previousElementSibling?.querySelectorAll("h3, h4") ?? [];
      const heading = headings[headings.length - 1];
      if (button && shown && heading) label(button, `${shown}${colon} ${heading.textContent}`);
    }
  }

  /** The line that is empty while all is well. It is there from the start, so that it is read out when it is filled. */
  function line() {
    const found = document.querySelector(".dateline-connection");
    if (found) return found;
    const made = document.createElement("p");
    made.className = "dateline-connection";
    made.setAttribute("role", "status");
    document.body.append(made);
    return made;
  }

  let wasConnected = false;

  /** @param {string} lost */
  function tellConnection(lost) {
    /** @type {HTMLElement | null} */
    const app = document.querySelector(".stApp");
    const isConnected = app?.dataset.testConnectionState === "CONNECTED";
    wasConnected ||= isConnected;
    say(line(), wasConnected && !isConnected ? lost : "");
    if (isConnected) return;
    // Closed, Streamlit's box stays away until the next connection is lost; left open it would hold keyboard and map.
    /** @type {NodeListOf<HTMLElement>} */
    const closers = document.querySelectorAll(`${OWN_DIALOG} section > button`);
    for (const closer of closers) closer.click();
  }

  function tell() {
    const said = words();
    if (!said) return;
    say(document.querySelector("[data-testid='stSkipToContent']"), said.skip);
    label(document.querySelector("[data-testid='stTopNav']"), said.pages);
    label(document.querySelector(".stTextInput button"), said.clear);
    nameButtons(said.colon);
    tellConnection(said.lost);
  }

  function stamp() {
    const date = new Date().toLocaleDateString(words()?.locale, { dateStyle: "long" });
    for (const element of document.querySelectorAll(".printed-date")) say(element, date);
    for (const element of document.querySelectorAll(".printed-address")) say(element, location.href);
  }

  if (document.documentElement.dataset.datelineWatched === undefined) {
    document.documentElement.dataset.datelineWatched = "";
    const changes = { subtree: true, childList: true, attributeFilter: ["data-test-connection-state"] };
    new MutationObserver(tell).observe(document.body, changes);
    window.addEventListener("beforeprint", stamp);
  }
  tell();
})();

/**
 * The page around the map, from the first byte on.
 *
 * The map stands in a frame of its own, which is never moved in the document, for that would start it anew. It lies
 * over the room that the page has for it: first the early page's, then the frame that streamlit-folium draws. Streamlit
 * is asked for when the map stands; its page grows unseen, and takes the early page's place when nobody is in the
 * middle of something. Where it never comes, the early page stays and says what waits.
 */

/** @import * as Payload from "../geo/map/player/payload" */

(() => {
  "use strict";

  const PATIENCE_MS = 10_000; // then the reader is told what waits for the connection
  const LATEST_MS = 30_000; // then Streamlit is asked for, even if the map never said that it stands
  const LOOK_MS = 100;

  const page = document.documentElement;
  const words = /** @type {Record<string, string>} */ (
    JSON.parse(/** @type {HTMLScriptElement} */ (document.currentScript).dataset.words ?? "{}")
  );
  const root = /** @type {HTMLElement} */ (document.getElementById("root"));
  const early = /** @type {HTMLElement} */ (document.getElementById("early"));
  const list = document.getElementById("early-list");
  const note = /** @type {HTMLElement} */ (document.getElementById("early-note"));
  const earlySlot = document.getElementById("early-slot");
  const isMapPage = earlySlot !== null;

  /** The frame that has the map; none on a page that was opened without it. */
  let frame = /** @type {HTMLIFrameElement | null} */ (document.getElementById("dateline-map"));
  /** The room for the map in Streamlit's page. @type {HTMLElement | null} */
  let slot = null;
  /** Streamlit's side of the frame that is the room. @type {ComponentFrame | null} */
  let streamlit = null;
  /** The last order for the map of Streamlit's page. @type {Payload.Command | null} */
  let order = null;

  const player = () => /** @type {Window | null | undefined} */ (frame?.contentWindow)?.Dateline;
  const isEarly = () => page.dataset.datelinePage === "early";

  // -- where the map lies ---------------------------------------------------------------------------------------------

  /** Lay the map over its room; put it away where there is none, as on the other pages. */
  function place() {
    if (!frame) return;
    const room = isEarly() ? earlySlot : slot;
    if (!room?.isConnected || !room.getClientRects().length) {
      // Between two languages the room is gone for a moment.
      if (document.querySelector(".st-key-map")) return;
      if (!frame.inert) player()?.pause();
      frame.inert = true;
      return;
    }
    const { left, top, width, height } = room.getBoundingClientRect();
    const lies = [left + window.scrollX, top + window.scrollY, width, height].map((side) => `${side}px`);
    [frame.style.left, frame.style.top, frame.style.width, frame.style.height] = lies;
    frame.inert = false;
  }

  // Told of every change of the room's size, of its going, and of what pushes it about.
  const rooms = new ResizeObserver(place);
  const around = document.querySelector("#early .early-headline");
  if (around) rooms.observe(around);
  if (earlySlot) rooms.observe(earlySlot);
  window.addEventListener("resize", place);

  /** @param {HTMLElement} given the frame that streamlit-folium drew */
  function move(given) {
    slot = given;
    given.style.visibility = "hidden";
    given.tabIndex = -1;
    given.setAttribute("aria-hidden", "true");
    rooms.observe(given);
    for (let box = given.parentElement; box && box !== root; box = box.parentElement) rooms.observe(box);
    place();
  }

  /**
   * A map of another language, which takes the place of the one that is there when it stands.
   * @param {string} story the address of its story
   */
  function renew(story) {
    const made = document.createElement("iframe");
    made.className = "dateline-map";
    made.allow = "fullscreen";
    made.dataset.story = story;
    made.title = frame?.title ?? "";
    made.src = `./embed?lang=${/story-(\w+)\./u.exec(story)?.[1] ?? ""}`;
    const before = frame;
    before?.removeAttribute("id");
    made.id = "dateline-map";
    root.after(made);
    frame = made;
    place();
    whenStarted(made, () => {
      before?.remove();
      if (made.contentDocument) watchHands(made.contentDocument);
    });
  }

  /**
   * @param {HTMLIFrameElement} started
   * @param {() => void} then called once, when its map stands or could not
   */
  function whenStarted(started, then) {
    const watch = setInterval(() => {
      if (!started.isConnected || !started.contentDocument?.documentElement?.dataset.dateline) return;
      clearInterval(watch);
      then();
    }, LOOK_MS / 4);
  }

  // -- Streamlit joins ------------------------------------------------------------------------------------------------

  /** @type {() => void} */
  let tellSeen = () => {};
  const seen = new Promise((resolve) => (tellSeen = () => resolve(null)));

  /** Streamlit's scripts and style sheet, which would share the line with the map's. */
  function askForStreamlit() {
    const held = /** @type {HTMLTemplateElement | null} */ (document.getElementById("streamlit"));
    if (!held) return;
    held.remove();
    // Streamlit fetches its icons, 375 kB, before all else: until its page is seen nobody needs them.
    document.fonts.load = (...asked) => seen.then(() => FontFaceSet.prototype.load.apply(document.fonts, asked));
    for (const { tagName, attributes } of held.content.children) {
      // A script that is copied does not run; one that is made does.
      const made = document.createElement(tagName);
      for (const { name, value } of attributes) made.setAttribute(name, value);
      document.head.append(made);
    }
  }

  /** What is held down now: a key or a pointer. */
  let isHeld = false;
  /** Whether the reader moved the page; the browser does, too, for whoever comes back to it. */
  let hasScrolled = false;

  /** @param {Document} watched */
  function watchHands(watched) {
    for (const name of ["pointerdown", "keydown"]) {
      watched.addEventListener(name, () => (isHeld = true), { capture: true, passive: true });
    }
    for (const name of ["pointerup", "pointercancel", "keyup"]) {
      watched.addEventListener(name, () => (isHeld = false), { capture: true, passive: true });
    }
    // Not where the focus only goes from the page into the map.
    watched.defaultView?.addEventListener("blur", () => (isHeld &&= document.hasFocus()));
  }

  /** Whether Streamlit's page can be used. */
  function stands() {
    /** @type {HTMLElement | null} */
    const app = root.querySelector(".stApp");
    if (app?.dataset.testConnectionState !== "CONNECTED") return false;
    if (slot !== null) return true;
    const isDone = app.dataset.testScriptState === "notRunning" && root.querySelector(".stMain .stElementContainer");
    return Boolean(isDone) && !root.querySelector(".st-key-map");
  }

  /** Whether the reader is in the middle of something that a change of pages would take away. */
  function isBusy() {
    const isAtList = list !== null && list.getBoundingClientRect().top < window.innerHeight * 0.6;
    const isReading = hasScrolled && (isMapPage ? isAtList : window.scrollY > 0);
    const isSelecting = document.getSelection()?.type === "Range";
    return isHeld || isSelecting || isReading;
  }

  /** Streamlit's page takes the early page's place. The focus stays where it was, or goes to what is the same there. */
  function change() {
    const focused = early.contains(document.activeElement) ? document.activeElement?.textContent?.trim() : undefined;
    page.dataset.datelinePage = "joined";
    early.remove();
    list?.remove();
    Reflect.deleteProperty(document.fonts, "load");
    tellSeen();
    place();
    if (focused === undefined) return;
    /** @type {NodeListOf<HTMLElement>} */
    const twins = root.querySelectorAll("header a, .st-key-pages a, .st-key-headline button");
    [...twins].find((twin) => twin.textContent?.trim().endsWith(focused) && twin.offsetParent !== null)?.focus();
  }

  const joining = setInterval(() => {
    if (!stands() || isBusy()) return;
    clearInterval(joining);
    change();
  }, LOOK_MS);

  function tellWhatWaits() {
    if (!isEarly() || stands()) return;
    note.textContent = isMapPage ? words.alone : words.waiting;
    place();
  }

  // -- the early page itself ------------------------------------------------------------------------------------------

  /**
   * The address of the same in the page's language or another one.
   * @param {string} href
   * @param {Payload.Report} report
   */
  function addressed(href, { event, time, clock, every }) {
    const address = new URL(href, location.href);
    const values = { event: time ? null : event, time, clock, every: every ? "1" : null };
    for (const [name, value] of Object.entries(values)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    return address.href;
  }

  /** @param {Payload.Report} report */
  function keepAddress(report) {
    history.replaceState(history.state, "", addressed(location.href, report));
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const languages = document.querySelectorAll(".early-languages a");
    for (const link of languages) link.href = addressed(link.href, report);
  }

  list?.addEventListener("click", (click) => {
    const link = /** @type {HTMLElement} */ (click.target).closest("a");
    const event = link && new URL(link.href).searchParams.get("event");
    if (!event || !player()?.state() || click.ctrlKey || click.metaKey || click.shiftKey) return;
    click.preventDefault();
    player()?.choose(event);
    window.scrollTo({ top: 0 });
    frame?.contentWindow?.focus();
  });
  early.querySelector(".early-filters")?.addEventListener("click", tellWhatWaits);

  window.DatelinePage = {
    get order() {
      return order;
    },

    join(given, story, frameOfStreamlit) {
      streamlit = frameOfStreamlit;
      move(given);
      const isSame = frame?.dataset.story?.split("/").pop() === story.split("/").pop();
      if (isSame) return;
      order = null;
      renew(story);
    },

    command(given) {
      order = given;
      player()?.command(given);
    },

    report(report) {
      if (!streamlit) keepAddress(report);
      else if (slot?.isConnected) streamlit.setComponentValue(report);
    },
  };

  for (const act of ["wheel", "touchmove", "keydown"]) {
    window.addEventListener(act, () => (hasScrolled = true), { capture: true, passive: true });
  }
  watchHands(document);
  setTimeout(tellWhatWaits, PATIENCE_MS);
  if (frame && isMapPage) {
    place();
    const started = frame;
    whenStarted(started, () => {
      if (started.contentDocument) watchHands(started.contentDocument);
      askForStreamlit();
    });
    setTimeout(askForStreamlit, LATEST_MS);
  }
})();

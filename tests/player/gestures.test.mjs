import assert from "node:assert/strict";
import { test } from "node:test";

import { isForArticle, keyOf, wholeAddress } from "../../geo/map/player/gestures.js";

const PLAIN = { ctrlKey: false, metaKey: false };

test("the wheel is the article's unless a key is held, or there is no article", () => {
  assert.equal(true, isForArticle(PLAIN, false));
  assert.equal(false, isForArticle({ ...PLAIN, ctrlKey: true }, false));
  assert.equal(false, isForArticle({ ...PLAIN, metaKey: true }, false));
  assert.equal(false, isForArticle(PLAIN, true));
});

test("one finger is the article's, two are the map's", () => {
  const touched = (fingers, isFullscreen) => isForArticle({ ...PLAIN, touches: { length: fingers } }, isFullscreen);
  assert.deepEqual([true, false, false], [touched(1, false), touched(2, false), touched(1, true)]);
});

test("the key is called as it is on the reader's keyboard", () => {
  assert.deepEqual(["⌘", "⌘", "Ctrl", "Ctrl"], ["MacIntel", "iPad", "Win32", "Linux x86_64"].map(keyOf));
});

test("the whole app is asked for the same moment, with the filters of the player's address", () => {
  const held = { event: "visit", time: null, clock: null, every: false };
  assert.equal("./?lang=en&event=visit", wholeAddress("", "en", held));
  assert.equal("./?status=planned&lang=fr&event=visit", wholeAddress("?lang=en&event=a&status=planned", "fr", held));
  const between = { event: "visit", time: "2023-09-13T03:00:00Z", clock: "news", every: true };
  assert.equal("./?lang=en&time=2023-09-13T03%3A00%3A00Z&clock=news&every=1", wholeAddress("", "en", between));
  const introduced = { event: null, time: null, clock: null, every: false };
  assert.equal("./?lang=en", wholeAddress("?event=a&time=b&clock=news&every=1", "en", introduced));
});

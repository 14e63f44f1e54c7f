/* Tell screen readers and hyphenation which language the page is in. */
(() => {
  /** @type {NodeListOf<HTMLElement>} */
  const marks = document.querySelectorAll(".dateline-language");
  const mark = marks[marks.length - 1];
  if (mark) document.documentElement.lang = mark.lang;
})();

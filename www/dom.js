// Building blocks of the page: elements, text and icons. Every word becomes a text node, none ever becomes markup.

/** Makes an element: `h("p", { class: "lead" }, "text", child)`. Strings become text nodes. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  return fill(element, children);
}

/** Appends children, skipping what is absent. */
export function fill(element, children) {
  for (const child of children.flat(4)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    element.append(typeof child === "object" ? child : document.createTextNode(String(child)));
  }
  return element;
}

/** Empties an element and fills it again. */
export function replace(element, ...children) {
  element.textContent = "";
  return fill(element, children);
}

// Characters that change how their neighbours are shown without being seen themselves: controls, bidi marks and
// overrides (UAX #9), zero-width characters, soft hyphen, variation of line ends, tags.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|\udb40[\udc00-\udfff]/g;

/** The longest claim text shown in one place; the rest is counted, not shown. */
const LONGEST_SHOWN = 480;

/** Foreign text: isolated from our own, with unseen characters made visible, and cut when it is too long. */
export function foreign(value, className) {
  const text = String(value);
  const shown = text.length > LONGEST_SHOWN ? text.slice(0, LONGEST_SHOWN) : text;
  const bdi = h("bdi", { dir: "auto", class: className });
  let last = 0;
  for (const match of shown.matchAll(UNSEEN)) {
    bdi.append(shown.slice(last, match.index));
    const point = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    bdi.append(h("span", { class: "unseen" }, `U+${point}`));
    last = match.index + match[0].length;
  }
  bdi.append(shown.slice(last));
  if (shown.length < text.length) bdi.append(h("span", { class: "unseen" }, `… +${text.length - shown.length}`));
  return bdi;
}

/** True when a name holds only what names hold: letters, marks, spaces and a little punctuation. */
export function looksLikeName(text) {
  return text.length <= 150 && /^[\p{L}\p{M}\p{N} .,'’()/&-]+$/u.test(text);
}

const SVG = "http://www.w3.org/2000/svg";

// One line each: shapes on a grid of 24. A leading "!" fills the shape instead of drawing its line.
const ICONS = {
  valid: ["!M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Z", "=M6.8 12.4l3.6 3.6 7-7.4"],
  invalid: ["!M7.6 1h8.8L23 7.6v8.8L16.4 23H7.6L1 16.4V7.6Z", "=M8 8l8 8M16 8l-8 8"],
  indeterminate: ["!M12 .8 23.2 12 12 23.2.8 12Z", "=M9.6 9.7a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8M12 17v.1"],
  pass: ["M5 12.6l4.4 4.4L19 7.4"],
  fail: ["M6.5 6.5l11 11M17.5 6.5l-11 11"],
  unknown: ["M9 9.4a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2M12 17.6v.1"],
  skip: ["M6 12h12"],
  scan: ["M3 8V5a2 2 0 0 1 2-2h3M16 3h3a2 2 0 0 1 2 2v3M21 16v3a2 2 0 0 1-2 2h-3M8 21H5a2 2 0 0 1-2-2v-3", "M7.5 7.5h3v3h-3zM13.5 7.5h3v3h-3zM7.5 13.5h3v3h-3zM13.5 13.5v3h3"],
  paste: ["M9 4H6.5A1.5 1.5 0 0 0 5 5.5v14A1.5 1.5 0 0 0 6.5 21h11a1.5 1.5 0 0 0 1.5-1.5v-14A1.5 1.5 0 0 0 17.5 4H15", "M9 3h6v3.5H9zM8.5 11h7M8.5 15h5"],
  file: ["M13.5 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.5Z", "M13.5 3v5.5H19M12 17.5v-5.5M9.5 14.2 12 11.7l2.5 2.5"],
  cards: ["M3 8.5h18v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 19.5Z", "M5 5.5h14M7 2.8h10M6.5 17h4M6.5 13.5h7"],
  mrz: ["M3 5h18v14H3zM6 15.8h12M6 12.8h12", "M6 8.5h4"],
  theme: ["M12 4a8 8 0 1 0 0 16Z", "M12 4a8 8 0 0 1 0 16"],
  close: ["M6 6l12 12M18 6 6 18"],
  person: ["M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.7-3.6 3.7-5.5 7.5-5.5s6.8 1.9 7.5 5.5"],
  clock: ["M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z", "M12 7.5V12l3 2"],
  warn: ["M12 3.8 2.8 20h18.4Z", "M12 10v4.5M12 17v.1"],
  lock: ["M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"],
  passport: ["M5.5 3h13v18h-13z", "M12 7.2a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6ZM9 17.5h6M8.8 10.5h6.4"],
  card: ["M3 5.5h18v13H3z", "M8.2 12a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM5.8 15.6c.3-1.3 1.2-2 2.4-2s2.1.7 2.4 2M14 9.5h4M14 12.5h4M14 15.5h2.5"],
  home: ["M4 11 12 4l8 7v9h-5.5v-5.5h-5V20H4Z"],
  building: ["M5 21V4.5h9V21M14 9.5h5V21M3 21h18", "M8 8h3M8 12h3M8 16h3M16.5 13v.1M16.5 17v.1"],
  offline: ["M4 9.5c4.7-4.2 11.3-4.2 16 0M7 13c3-2.6 7-2.6 10 0M10 16.5c1.3-1 2.7-1 4 0M12 20v.1"],
  fetch: ["M12 4v11M7.5 11 12 15.5 16.5 11", "M4.5 19.5h15"],
  back: ["M14.5 5 8 12l6.5 7"],
};

/** An icon from the table above; it is decoration, words stand beside it. */
export function icon(name, className) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  svg.setAttribute("class", `icon ${className || ""}`.trim());
  for (const shape of ICONS[name] || ICONS.skip) {
    const path = document.createElementNS(SVG, "path");
    const filled = shape[0] === "!";
    path.setAttribute("class", filled ? "filled" : shape[0] === "=" ? "mark" : "line");
    path.setAttribute("d", filled || shape[0] === "=" ? shape.slice(1) : shape);
    svg.append(path);
  }
  return svg;
}

/** The colours of the page, for what is drawn and not styled. They follow the page's own variables, light and dark. */

/** Eight colours that stay apart for colour-blind readers, on light and on dark paper (after Okabe and Ito). */
const SERIES = {
  light: ["#0b6aa8", "#c8541a", "#1f7a5c", "#9a4f86", "#b07d00", "#3a8fc4", "#5d6470", "#7d3c1e"],
  dark: ["#62b0e8", "#f0925a", "#55c79d", "#dc9cc8", "#e6c04a", "#9fd0f2", "#b3bac4", "#d9a184"],
};
const SCALE = { light: ["#e3edf5", "#3f8cc2"], dark: ["#26384a", "#3d7db5"] };

/**
 * @typedef {{ink: string, muted: string, line: string, paper: string, sunken: string, font: string, series: string[],
 *   scale: string[]}} Theme
 */

/** Return the colours as the page has them now. @returns {Theme} */
export function currentTheme() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  return {
    ink: of("--ink"),
    muted: of("--muted"),
    line: of("--line"),
    paper: of("--raised"),
    sunken: of("--sunken"),
    font: getComputedStyle(document.body).fontFamily,
    series: SERIES[scheme],
    scale: SCALE[scheme],
  };
}

/** Call a function when the page turns light or dark; returns the function that ends it. */
export function onThemeChange(/** @type {() => void} */ listener) {
  const query = matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Cytoscape with the fCoSE layout: a place, elements and a style sheet go in, a picture that can be moved comes out. */
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

cytoscape.use(fcose);

const LAYOUT = { name: "fcose", animate: false, nodeSeparation: 120, idealEdgeLength: 130, nodeRepulsion: 12000 };

/** Run a function with random numbers that are the same each time, so that the same network is the same picture. */
function withSameNumbers(/** @type {() => void} */ run) {
  const random = Math.random;
  let state = 1;
  Math.random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  try {
    run();
  } finally {
    Math.random = random;
  }
}

/**
 * Draw a network.
 *
 * @param {HTMLElement} place
 * @param {any[]} elements
 * @param {any[]} style
 * @param {(id: string) => void} open what a double click on a thing does
 */
export function openNetwork(place, elements, style, open) {
  const picture = cytoscape({ container: place, elements, style, maxZoom: 2, layout: { name: "circle" } });
  withSameNumbers(() => picture.layout(LAYOUT).run());
  const fit = () => (picture.resize(), picture.fit(undefined, 30));
  fit();
  picture.on("dbltap", "node", (event) => open(event.target.id()));
  const watch = new ResizeObserver(fit);
  watch.observe(place);
  return { restyle: (next) => picture.style(next), close: () => (watch.disconnect(), picture.destroy()) };
}

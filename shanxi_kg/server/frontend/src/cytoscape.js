/** Cytoscape with the fCoSE layout: a place, elements and a style sheet go in, a picture that can be moved comes out. */
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

cytoscape.use(fcose);

const LAYOUT = {
  name: "fcose",
  animate: false,
  nodeDimensionsIncludeLabels: true,
  nodeSeparation: 120,
  idealEdgeLength: 110,
  nodeRepulsion: 12000,
};
const LARGEST = 1.3;
const STEP = 1.4;

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
  const picture = cytoscape({
    container: place,
    elements,
    style,
    userZoomingEnabled: false,
    layout: { name: "circle" },
  });
  withSameNumbers(() => picture.layout(LAYOUT).run());
  const fit = () => {
    picture.resize().fit(undefined, 30);
    if (picture.zoom() > LARGEST) picture.zoom(LARGEST).center();
  };
  const zoom = (factor) => {
    const renderedPosition = { x: place.clientWidth / 2, y: place.clientHeight / 2 };
    picture.zoom({ level: picture.zoom() * factor, renderedPosition });
  };
  fit();
  picture.on("mouseover tap", "node", (event) => event.target.addClass("told"));
  picture.on("mouseout", "node", (event) => event.target.removeClass("told"));
  picture.on("dbltap", "node", (event) => open(event.target.id()));
  const watch = new ResizeObserver(fit);
  watch.observe(place);
  return {
    restyle: (next) => picture.style(next),
    larger: () => zoom(STEP),
    smaller: () => zoom(1 / STEP),
    whole: fit,
    close: () => (watch.disconnect(), picture.destroy()),
  };
}

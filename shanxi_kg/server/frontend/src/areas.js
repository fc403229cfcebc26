/**
 * Where areas are drawn: Shanxi's eleven cities by their shapes, China's provincial-level divisions as a grid of tiles of
 * one size. The grid is our own: a place stands about where it lies, and no tile claims a border.
 */

/** Column and row of each division's tile, from west and north, by ISO 3166-2 key. */
// prettier-ignore
const TILES = {
  "CN-HL": [8, 0], "CN-NM": [5, 1], "CN-BJ": [6, 1], "CN-LN": [7, 1], "CN-JL": [8, 1],
  "CN-XJ": [1, 2], "CN-GS": [2, 2], "CN-NX": [3, 2], "CN-SN": [4, 2], "CN-SX": [5, 2], "CN-HE": [6, 2], "CN-TJ": [7, 2],
  "CN-XZ": [1, 3], "CN-QH": [2, 3], "CN-SC": [3, 3], "CN-CQ": [4, 3], "CN-HA": [5, 3], "CN-SD": [6, 3], "CN-JS": [7, 3],
  "CN-YN": [3, 4], "CN-GZ": [4, 4], "CN-HB": [5, 4], "CN-AH": [6, 4], "CN-SH": [7, 4],
  "CN-GX": [4, 5], "CN-HN": [5, 5], "CN-JX": [6, 5], "CN-ZJ": [7, 5],
  "CN-HI": [4, 6], "CN-GD": [5, 6], "CN-FJ": [6, 6], "CN-TW": [7, 6],
  "CN-MO": [5, 7], "CN-HK": [6, 7],
};

/** The keys of the provincial-level divisions. */
export const PROVINCES = Object.keys(TILES);

/** The keys of Shanxi's eleven cities, by GB/T 2260. */
export const CITIES = Array.from({ length: 11 }, (_, index) => String(140100 + 100 * index));

/** Return the tiles as GeoJSON, one square a division. */
export function tiles() {
  const square = ([x, y]) => [
    [x, -y],
    [x + 0.94, -y],
    [x + 0.94, -y - 0.94],
    [x, -y - 0.94],
    [x, -y],
  ];
  const features = Object.entries(TILES).map(([key, cell]) => ({
    type: "Feature",
    properties: { name: key },
    geometry: { type: "Polygon", coordinates: [square(cell)] },
  }));
  return { type: "FeatureCollection", features };
}

/** Return the key of the city or division of a map that a place lies in: counties of Shanxi count for their city. */
export function areaOn(/** @type {"cities" | "provinces"} */ map, /** @type {string} */ key) {
  if (map === "provinces") return key in TILES ? key : undefined;
  const city = `${key.slice(0, 4)}00`;
  return /^14\d{4}$/.test(key) && CITIES.includes(city) ? city : undefined;
}

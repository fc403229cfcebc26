/** The shapes of Shanxi's eleven cities, keyed by GB/T 2260, as ECharts 4 shipped them (Apache License 2.0). */
import shanxi from "echarts-maps-of-4/map/json/province/shanxi.json";

/**
 * Return the shapes with their keys as names, in the encoding that ECharts reads. Labels stand in the middle: the seats of
 * two neighbours are too near each other.
 */
export function cities() {
  const features = shanxi.features.map((feature) => ({
    ...feature,
    properties: { name: feature.id },
  }));
  return { ...shanxi, features };
}

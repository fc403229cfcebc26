/** The views by name, as the `view:` of a query's header names them. */
import * as bar from "./bars.js";
import * as graph from "./graph.js";
import * as line from "./lines.js";
import * as map from "./map.js";
import * as table from "./table.js";

export const VIEWS = { table, bar, line, map, graph };

// Ask a SPARQL endpoint with Comunica and write the titles that it finds, one a line.
import { createRequire } from "node:module";

const [components, endpoint, query] = process.argv.slice(2);
const { QueryEngine } = createRequire(components)("@comunica/query-sparql");
const bindings = await new QueryEngine().queryBindings(query, { sources: [{ type: "sparql", value: endpoint }] });
for (const row of await bindings.toArray()) {
  console.log(row.get("title").value);
}

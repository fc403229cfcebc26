/**
 * Build the front end: the sources of this folder go in, what pages load comes out in shanxi_kg/pages/static (or in the
 * folder that is given). The same sources and package-lock.json give the same bytes.
 */
import { build } from "esbuild";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = resolve(process.argv[2] ?? join(HERE, "../../pages/static"));
const NAMES = ["workbench", "views"];

/** Packages that name a licence and ship no text of it: whose copyright it is, as the package itself says. */
const MIT = (holder) => `The MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

/** Empty the output folder of what an earlier build left there, and of nothing else. */
async function clear() {
  await mkdir(OUT, { recursive: true });
  const old = (await readdir(OUT)).filter((file) => NAMES.some((name) => new RegExp(`^${name}[.-]`).test(file)));
  await Promise.all(old.map((file) => rm(join(OUT, file))));
}

async function bundle() {
  await build({
    absWorkingDir: HERE,
    entryPoints: {
      workbench: "src/workbench.js",
      views: "src/views.js",
      "workbench-worker": "src/worker.js",
      "workbench-style": "style/workbench.css",
      "views-style": "style/views.css",
    },
    outdir: OUT,
    chunkNames: "views-[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    loader: { ".svg": "dataurl" },
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    logLevel: "warning",
  });
}

/** Return the licence texts of all packages that the bundle can hold, by name. */
async function licences() {
  const lock = JSON.parse(await readFile(join(HERE, "package-lock.json"), "utf8"));
  const folders = Object.entries(lock.packages).filter(([folder, { dev }]) => folder && !dev);
  const texts = await Promise.all(folders.map(([folder]) => licence(join(HERE, folder))));
  return texts.filter(Boolean).join(`\n${"=".repeat(80)}\n\n`);
}

async function licence(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /^(licen[cs]e|notice)/i.test(entry.name))
    .map(({ name }) => name);
  const texts = await Promise.all(files.sort().map((file) => readFile(join(folder, file), "utf8")));
  const holder = (author?.name ?? author ?? `the authors of ${name}`).replace(/ *<.*/, "");
  return `${name} ${version} (${license})\n\n${texts.length ? texts.join("\n") : MIT(holder)}`.replace(
    /[ \t\r]+$/gm,
    "",
  );
}

await clear();
await bundle();
await copyFile(join(HERE, "node_modules/oxigraph/web_bg.wasm"), join(OUT, "workbench-oxigraph.wasm"));
await writeFile(join(OUT, "workbench-licences.txt"), await licences());

// Renders works with citeproc-js for the files in golden/citeproc-js. No test runs it.
//
//   npm install citeproc@2.4.63
//   node citeproc.mjs WORKS.json STYLE.csl FOLDER_OF_LOCALES en-GB > golden/citeproc-js/STYLE.txt
//
// The works are CSL-JSON, without the variables in UNCITED_VARIABLES of pandoc_items.py.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// Found in the folder in which the command runs.
const CSL = createRequire(join(process.cwd(), "package.json"))("citeproc");
const [works, style, folder, language] = process.argv.slice(2);
const read = (name) => readFileSync(name, "utf8");
const items = new Map(JSON.parse(read(works)).map((item) => [item.id, item]));
const engine = new CSL.Engine(
  {
    retrieveLocale: (name) => read(join(folder, `locales-${name}.xml`)),
    retrieveItem: (id) => items.get(id),
  },
  read(style),
  language,
  true,
);
engine.setOutputFormat("text");
engine.updateItems([...items.keys()]);
const [, entries] = engine.makeBibliography();
console.log(entries.map((entry) => entry.trim()).join("\n\n"));

// Reads formulas, [[TeX, whether on a line of its own], …], and writes what each has become.
import { readFileSync } from "node:fs";
import temml from "./temml.mjs";

const NO_EFFECT = / fence="true"/g; // as MathML Core says, and a hundred times on a page
const OPTIONS = { annotate: true, strict: true, throwOnError: true, wrap: "none" };

const render = ([tex, displayMode]) => {
  try {
    return { mathml: temml.renderToString(tex, { ...OPTIONS, displayMode }).replaceAll(NO_EFFECT, "") };
  } catch (error) {
    if (!(error instanceof temml.ParseError)) throw error;
    return { fault: error.message };
  }
};

const formulas = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(formulas.map(render)));

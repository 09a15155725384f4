// Reads { styles, names, script, module, files } and writes { style, script, files }: the style sheets
// as one, with the rules that the names can match, a module with all it imports before the script,
// and all of it without what only people read.
import { readFileSync } from "node:fs";
import { build, transform } from "esbuild";
import { PurgeCSS } from "purgecss";

// What the theme can do and this book does not: its script names it all the same.
const ABSENT = [
  /(?:version-switcher|announcement|version-warning|button-link|list-group)/,
  /^\.?(?:fa|far|fas|fab|fa-(?!lg).*|o-tooltip.*|progress|proof|sd-tab.*)$/,
  /^\.?(?:contents|linenos|margin|nboutput|sidebar|tooltip|topic)$/,
  /(?:collapse-sidebar|expand-sidebar|pst-squeeze|sidenote|marginnote|margin-caption)/,
];
const OURS = /^--dnn-/; // diagrams and figures use them

const { styles, names, script, module, files } = JSON.parse(readFileSync(0, "utf8"));

const joined = async () => {
  const contents = styles.map((path) => `@import ${JSON.stringify(path)};`).join("\n");
  const { outputFiles } = await build({
    stdin: { contents, loader: "css", resolveDir: "/" },
    bundle: true,
    external: ["*.woff2", "*.ttf", "*.png"],
    loader: { ".svg": "dataurl" },
    write: false,
    logLevel: "error",
  });
  return outputFiles[0].text;
};

// A word that ends in a hyphen is the beginning of others: `live-${name}` in a script, say.
const beginnings = names
  .split(" ")
  .filter((name) => /^[a-z]\w+-$/.test(name))
  .map((name) => new RegExp(`^${name}`));

const used = async (style) => {
  const [{ css }] = await new PurgeCSS().purge({
    content: [{ raw: names, extension: "txt" }],
    css: [{ raw: style }],
    fontFace: true,
    keyframes: true,
    variables: true,
    blocklist: ABSENT,
    safelist: { standard: beginnings, variables: [OURS] },
  });
  return css;
};

// As a script: no module is loaded in a page that comes from a file.
const asScript = async (path) => {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: "iife",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0].text;
};

const short = async (text, loader) => {
  const { code } = await transform(text, { loader, minify: true, legalComments: "none" });
  return code;
};

const shortFiles = Object.entries(files).map(async ([path, text]) => [
  path,
  await short(text, path.endsWith(".css") ? "css" : "js"),
]);
process.stdout.write(
  JSON.stringify({
    style: await short(await used(await joined()), "css"),
    script: await short(`${await asScript(module)}\n;\n${script}`, "js"),
    files: Object.fromEntries(await Promise.all(shortFiles)),
  }),
);

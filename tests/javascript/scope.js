// Runs the scripts of the page in Node, without its wiring: reads {blocks, scripts, told} and prints what `told` is in their scope.
import { readFileSync } from "node:fs";

const { blocks, scripts, told } = JSON.parse(readFileSync(0, "utf-8"));
const nothing = { getContext: () => ({}), dataset: {}, lang: "en" };
const document = { documentElement: nothing, createElement: () => nothing, getElementById: (id) => ({ textContent: blocks[id] }) };
const AsyncFunction = (async () => {}).constructor;
const value = await new AsyncFunction("document", `"use strict";\n${scripts}\nreturn ${told};`)(document);
process.stdout.write(JSON.stringify(value));

#!/usr/bin/env node
// Assembles hourglass.postman_collection.json from the fragments in requests/. Needs Node 18.17 or later and no package.
//
//   node postman/assemble.mjs [--check]
//
//   --check   writes nothing; fails if the file is not what the fragments make, or if an operation of the API's
//             description (Sources/Server/OpenAPI) has no request
//
// A fragment is an item of the collection format v2.1 with three abbreviations: an element of `item` may be the path of
// another fragment, `header` is an object, and scripts are members `test` and `prerequest` with their lines. The list of
// folders is in requests/collection.json. The exit status is 1, with the name of the file, when something is wrong.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const collectionFile = path.join(here, 'hourglass.postman_collection.json');
const fragments = path.join(here, 'requests');
const description = path.join(here, '../Sources/Server/OpenAPI');
const methods = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete'];

function main() {
  const used = new Set();
  const collection = load('collection.json', used);
  for (const file of jsonFiles(fragments)) {
    if (!used.has(file)) throw new Error(`${file}: no fragment names it`);
  }
  const text = `${JSON.stringify(collection, null, 2)}\n`;
  if (!process.argv.includes('--check')) return writeFileSync(collectionFile, text);
  if (readFileSync(collectionFile, 'utf8') !== text) {
    throw new Error(`${collectionFile}: not what its fragments make: run node postman/assemble.mjs`);
  }
  checkOperations(collection);
}

// Fragments

function load(file, used) {
  used.add(file);
  try {
    return expand(readJSON(path.join(fragments, file)), used);
  } catch (error) {
    throw error.file ? error : Object.assign(new Error(`${path.join(fragments, file)}: ${error.message}`), { file });
  }
}

function expand({ info, name, description, item, request, prerequest, test, variable, ...unknown }, used) {
  refuse(unknown);
  const event = scripts({ prerequest, test });
  if (request) return { name, request: expandRequest(request), event };
  const items = item.map((each) => (typeof each === 'string' ? load(each, used) : expand(each, used)));
  return { ...(info ? { info } : { name, description }), item: items, ...(event.length > 0 && { event }), variable };
}

function expandRequest({ method, url, header, body, ...unknown }) {
  refuse(unknown);
  return { method, url, header: header && Object.entries(header).map(([key, value]) => ({ key, value })), body };
}

function scripts(lines) {
  return Object.entries(lines)
    .filter(([, exec]) => exec)
    .map(([listen, exec]) => ({ listen, script: { type: 'text/javascript', exec } }));
}

function refuse(unknown) {
  for (const key of Object.keys(unknown)) throw new Error(`${key} is not known here`);
}

// The API's description

/** Throws if an operation has no request; `{name}` in a path stands for any segment. */
function checkOperations(collection) {
  const requests = [...requestsOf(collection)];
  for (const file of jsonFiles(description)) {
    const { paths = {} } = readJSON(path.join(description, file));
    for (const [template, operations] of Object.entries(paths).filter(([key]) => key.startsWith('/'))) {
      const pattern = new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{[^}]*\}/g, '[^/]+')}$`);
      for (const method of methods.filter((each) => operations[each])) {
        if (requests.some((each) => each.method.toLowerCase() === method && pattern.test(each.path))) continue;
        throw new Error(`${path.join(description, file)}: no request of the collection asks ${method} ${template}`);
      }
    }
  }
}

function* requestsOf({ item, request }) {
  if (request) yield { method: request.method, path: request.url.replace('{{baseUrl}}', '').replace(/\?.*/s, '') };
  for (const each of item ?? []) yield* requestsOf(each);
}

// Files

function readJSON(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function jsonFiles(folder) {
  return readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.json')).sort();
}

try {
  main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

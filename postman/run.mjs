#!/usr/bin/env node
// Runs a Postman collection (v2.1) against a live server. Needs Node 18.3 or later and no package.
//
//   node postman/run.mjs [--base-url URL] [collection.json]
//
//   --base-url URL    takes the place of the collection's variable baseUrl
//   collection.json   hourglass.postman_collection.json beside this file, unless given
//
// Prints one line for each request and each failing test, and closes with "N passed, N failed". The exit status is 1
// when a test failed, when there was none, or when the server cannot be reached, and 2 when the arguments are wrong.
// What a collection uses and this runner does not know is a failure.

import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { inspect, isDeepStrictEqual, parseArgs, types } from 'node:util';

const requestTimeout = 30_000;
const noConnection = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);
const AsyncFunction = (async () => {}).constructor;

class Unreachable extends Error {}

// Command line

async function main() {
  const options = readArguments();
  const collection = JSON.parse(await readFile(options.collection, 'utf8'));
  const session = new Session(collection, options.baseURL);
  try {
    for (const step of steps(collection)) await session.run(step);
  } catch (error) {
    session.fail(error instanceof Unreachable ? 'the server' : 'the run', error);
  }
  if (session.passed + session.failed === 0) session.fail('the collection', new Error('it has no tests'));
  console.log(`${session.passed} passed, ${session.failed} failed`);
  process.exitCode = session.failed > 0 ? 1 : 0;
}

function readArguments() {
  const { values, positionals } = parseArgs({ options: { 'base-url': { type: 'string' } }, allowPositionals: true });
  if (positionals.length > 1) throw new Error('more than one collection given');
  return {
    baseURL: values['base-url']?.replace(/\/+$/, ''),
    collection: positionals[0] ?? fileURLToPath(new URL('hourglass.postman_collection.json', import.meta.url)),
  };
}

// The collection

/** The requests of a collection in order, each with its folders' names and all scripts for it, the outermost first. */
function* steps(node, names = [], inherited = []) {
  const events = [...inherited, ...(node.event ?? [])];
  for (const item of node.item ?? []) {
    refuse(item, 'auth', 'protocolProfileBehavior');
    const path = [...names, item.name];
    if (!item.request) yield* steps(item, path, events);
    else yield { name: item.name, path, request: item.request, events: [...events, ...(item.event ?? [])] };
  }
}

function refuse(part, ...unsupported) {
  for (const key of unsupported) {
    if (part[key] != null) throw new Error(`${key} is not supported by this runner`);
  }
}

function scripts(step, kind) {
  return step.events
    .filter((event) => event.listen === kind && !event.disabled && event.script)
    .map(({ script }) => [script.exec ?? ''].flat().join('\n'));
}

// One run

class Session {
  passed = 0;
  failed = 0;

  constructor(collection, baseURL) {
    refuse(collection, 'auth', 'protocolProfileBehavior');
    const entries = enabled(collection.variable ?? []).map(({ key, value }) => [key, value]);
    this.scopes = { local: new Map(), environment: new Map(), collection: new Map(entries), globals: new Map() };
    if (baseURL) this.scopes.collection.set('baseUrl', baseURL);
  }

  async run(step) {
    const failures = [];
    const report = (name, error) => (error ? failures.push([name, error]) : (this.passed += 1));
    const line = await this.exchange(step, report).catch((error) => {
      if (error instanceof Unreachable) throw error;
      report('the request', error);
      return 'not sent or not answered';
    });
    console.log(`${line}  ${step.path.join(' / ')}`);
    for (const [name, error] of failures) this.fail(name, error);
  }

  /** Runs the scripts around a request and sends it; returns the start of its line in the report. */
  async exchange(step, report) {
    const context = { step, scopes: this.scopes, report };
    for (const source of scripts(step, 'prerequest')) await runScript(source, { ...context, event: 'prerequest' });
    context.request = buildRequest(step.request, (text) => substitute(text, this.scopes));
    context.response = await send(context.request);
    for (const source of scripts(step, 'test')) {
      await runScript(source, { ...context, event: 'test' }).catch((error) => report('the test script', error));
    }
    const { code, responseTime } = context.response;
    return `${context.request.method.padEnd(7)} ${code} ${`${Math.round(responseTime)} ms`.padStart(8)}`;
  }

  fail(name, error) {
    this.failed += 1;
    console.log(`  FAILED  ${name}: ${error.message}`);
  }
}

// Variables

function lookUp(name, scopes) {
  const order = [scopes.local, scopes.environment, scopes.collection, scopes.globals];
  return order.find((scope) => scope.has(name))?.get(name);
}

function substitute(text, scopes) {
  return String(text).replace(/\{\{([^{}]+)\}\}/g, (_, name) => {
    const value = lookUp(name.trim(), scopes);
    if (value === undefined) throw new Error(`the variable ${name} is not set`);
    return String(value);
  });
}

// Requests

function buildRequest(request, resolve) {
  const { method = 'GET', header = [], body, url } = typeof request === 'string' ? { url: request } : request;
  refuse(request, 'auth', 'proxy', 'certificate');
  if (!Array.isArray(header)) throw new Error('headers as one text are not supported by this runner');
  const headers = enabled(header).map(({ key, value }) => [resolve(key), resolve(value ?? '')]);
  const content = buildBody(body, resolve);
  const defaults = [['Accept', '*/*'], ['User-Agent', 'hourglass-collection'], ['Content-Type', content.type]];
  for (const [name, value] of defaults) {
    if (value && !headers.some(([key]) => key.toLowerCase() === name.toLowerCase())) headers.push([name, value]);
  }
  return { method, url: new URL(resolve(rawURL(url))), headers, body: content.bytes };
}

function enabled(entries) {
  return entries.filter((each) => !each.disabled);
}

function rawURL(url) {
  if (typeof url === 'string') return url;
  refuse(url, 'variable');
  if (typeof url?.raw !== 'string') throw new Error('a URL without "raw" is not supported by this runner');
  return url.raw;
}

const rawTypes = {
  html: 'text/html',
  javascript: 'application/javascript',
  json: 'application/json',
  text: 'text/plain',
  xml: 'application/xml',
};

function buildBody(body, resolve) {
  if (!body || body.disabled) return {};
  switch (body.mode) {
    case 'raw':
      return { bytes: Buffer.from(resolve(body.raw ?? '')), type: rawTypes[body.options?.raw?.language ?? 'text'] };
    case 'urlencoded':
      return { bytes: Buffer.from(formText(body.urlencoded, resolve)), type: 'application/x-www-form-urlencoded' };
    default:
      throw new Error(`a body of the mode ${body.mode} is not supported by this runner`);
  }
}

function formText(fields, resolve) {
  const encode = (text) => encodeURIComponent(resolve(text ?? ''));
  return enabled(fields).map(({ key, value }) => `${encode(key)}=${encode(value)}`).join('&');
}

// Every request has a connection of its own, so that none fails because the server closed an idle one.
function send({ method, url, headers, body }) {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const outgoing = request(url, { method, agent: false, timeout: requestTimeout });
    for (const [name, value] of headers) outgoing.appendHeader(name, value);
    if (body || !['GET', 'HEAD', 'OPTIONS'].includes(method)) outgoing.setHeader('Content-Length', body?.length ?? 0);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${requestTimeout / 1000} s`)));
    outgoing.on('error', (error) => reject(sendError(error, url)));
    outgoing.on('response', (incoming) => receive(incoming, start).then(resolve, reject));
    outgoing.end(body);
  });
}

function sendError(error, url) {
  const code = error.code ?? error.errors?.[0]?.code;
  return noConnection.has(code) ? new Unreachable(`cannot reach ${url.origin}: ${code}`) : error;
}

async function receive(incoming, start) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    code: incoming.statusCode,
    status: incoming.statusMessage || (http.STATUS_CODES[incoming.statusCode] ?? ''),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
    responseTime: performance.now() - start,
  };
}

// Scripts

async function runScript(source, context) {
  const pending = [];
  try {
    await new AsyncFunction('pm', 'console', source)(makePM(context, pending), console);
  } finally {
    await Promise.all(pending);
  }
}

function makePM({ step, event, scopes, request, response, report }, pending) {
  const members = {
    info: strict('pm.info', { requestName: step.name, eventName: event, iteration: 0, iterationCount: 1 }),
    variables: strict('pm.variables', {
      get: (name) => lookUp(name, scopes),
      has: (name) => lookUp(name, scopes) !== undefined,
      set: (name, value) => void scopes.local.set(name, value),
      unset: (name) => void scopes.local.delete(name),
      replaceIn: (text) => substitute(text, scopes),
    }),
    collectionVariables: scopeAPI('pm.collectionVariables', scopes.collection),
    environment: scopeAPI('pm.environment', scopes.environment),
    globals: scopeAPI('pm.globals', scopes.globals),
    expect: (actual) => assertion(actual),
    test: (name, body) => void pending.push(runTest(name, body, report)),
  };
  if (request) members.request = requestAPI(request);
  if (response) members.response = responseAPI(response);
  return strict('pm', members);
}

async function runTest(name, body, report) {
  try {
    if (body.length > 0) throw new Error('a test with a callback is not supported by this runner');
    await body();
    report(name);
  } catch (error) {
    report(name, error instanceof Error ? error : new Error(String(error)));
  }
}

/** An object of which every unknown member is an error instead of `undefined`. `await` looks for a `then`. */
function strict(name, members) {
  return new Proxy(members, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key === 'then' || key in target) return Reflect.get(target, key, receiver);
      throw new Error(`${name}.${key} is not supported by this runner`);
    },
  });
}

function scopeAPI(name, scope) {
  return strict(name, {
    get: (key) => scope.get(key),
    has: (key) => scope.has(key),
    set: (key, value) => void scope.set(key, value),
    unset: (key) => void scope.delete(key),
  });
}

function requestAPI({ method, url, headers, body }) {
  const find = (name) => headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return strict('pm.request', {
    method,
    url: strict('pm.request.url', { toString: () => url.href }),
    headers: strict('pm.request.headers', { get: find, has: (name) => find(name) !== undefined }),
    body: body?.toString('utf8'),
  });
}

function responseAPI({ code, status, headers, body, responseTime }) {
  const find = (name) => [headers[name.toLowerCase()]].flat().join(', ');
  const has = (name) => name.toLowerCase() in headers;
  const members = {
    code,
    status,
    responseTime,
    headers: strict('pm.response.headers', { get: (name) => (has(name) ? find(name) : undefined), has }),
    text: () => body,
    json: () => parseJSON(body),
    get to() {
      return assertion(response);
    },
  };
  const response = strict('pm.response', members);
  return response;
}

function parseJSON(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`expected a JSON body, got ${show(text)}`);
  }
}

// Assertions

const connectives = new Set(
  'to be been is that which and has have with at of same but does still also all'.split(' ')
);

// Assertions without parentheses: what must hold, and how to say it.
const states = {
  ok: [Boolean, 'to be truthy'],
  true: [(actual) => actual === true, 'to be true'],
  false: [(actual) => actual === false, 'to be false'],
  null: [(actual) => actual === null, 'to be null'],
  undefined: [(actual) => actual === undefined, 'to be undefined'],
  exist: [(actual) => actual != null, 'to exist'],
  empty: [isEmpty, 'to be empty'],
};

// Assertions with arguments. Each returns whether it holds and how to say it, and may narrow the subject of the chain.
const checks = {
  equal: (actual, [expected], { deep }) => [same(actual, expected, deep), `to equal ${show(expected)}`],
  eql: (actual, [expected]) => [same(actual, expected, true), `to deeply equal ${show(expected)}`],
  include: (actual, [part], { deep }) => [includes(actual, part, deep), `to include ${show(part)}`],
  match: (actual, [pattern]) => [matches(actual, pattern), `to match ${pattern}`],
  a: (actual, [type]) => [typeName(actual) === type.toLowerCase(), `to be of the type ${type}`],
  above: (actual, [limit]) => [number(actual) > number(limit), `to be above ${limit}`],
  below: (actual, [limit]) => [number(actual) < number(limit), `to be below ${limit}`],
  least: (actual, [limit]) => [number(actual) >= number(limit), `to be at least ${limit}`],
  most: (actual, [limit]) => [number(actual) <= number(limit), `to be at most ${limit}`],
  oneOf: (actual, [choices]) => [choices.includes(actual), `to be one of ${show(choices)}`],
  lengthOf: ({ length }, [expected]) => [number(length) === expected, `to have the length ${expected}, not ${length}`],
  keys: (actual, names) => {
    const expected = names.flat().sort();
    return [same(Object.keys(actual).sort(), expected, true), `to have exactly the keys ${show(expected)}`];
  },
  property: (actual, [name, ...value]) => {
    const present = actual != null && name in Object(actual);
    const holds = present && (value.length === 0 || actual[name] === value[0]);
    const phrase = `to have the property ${name}${value.length > 0 ? ` equal to ${show(value[0])}` : ''}`;
    return [holds, phrase, present ? actual[name] : undefined];
  },
  status: (response, [expected]) => {
    const { code, status } = response;
    const holds = expected === (typeof expected === 'number' ? code : status);
    return [holds, `to have the status ${expected}; it has ${code} ${status} and the body ${show(response.text())}`];
  },
  header: ({ headers }, [name, ...value]) => {
    const holds = headers.has(name) && (value.length === 0 || headers.get(name) === value[0]);
    return [holds, `to have the header ${[name, ...value].join(': ')}; its value is ${show(headers.get(name))}`];
  },
};

const aliases = {
  an: 'a',
  eq: 'equal',
  equals: 'equal',
  eqls: 'eql',
  contain: 'include',
  contains: 'include',
  includes: 'include',
  gt: 'above',
  gte: 'least',
  lt: 'below',
  lte: 'most',
  length: 'lengthOf',
};

/** A chain of assertions about a value; a word that is not known throws. `await` looks for a `then`. */
function assertion(actual, flags = { negated: false, deep: false }) {
  const get = (_, word) => {
    if (word === 'then') return undefined;
    if (connectives.has(word)) return assertion(actual, flags);
    if (word === 'not') return assertion(actual, { ...flags, negated: true });
    if (word === 'deep') return assertion(actual, { ...flags, deep: true });
    if (Object.hasOwn(states, word)) return assertState(states[word], actual, flags);
    const name = Object.hasOwn(aliases, word) ? aliases[word] : word;
    if (Object.hasOwn(checks, name)) return (...expected) => assertCheck(checks[name], actual, expected, flags);
    throw new Error(`the assertion "${String(word)}" is not supported by this runner`);
  };
  return new Proxy({}, { get });
}

function assertState([holds, phrase], actual, flags) {
  verify(holds(actual), phrase, actual, flags);
  return assertion(actual, flags);
}

function assertCheck(check, actual, expected, flags) {
  if (expected.length === 0) throw new Error('an assertion lacks its argument');
  const [holds, phrase, ...narrowed] = check(actual, expected, flags);
  verify(holds, phrase, actual, flags);
  return assertion(narrowed.length > 0 ? narrowed[0] : actual, flags);
}

function verify(holds, phrase, actual, { negated }) {
  if (holds === negated) throw new Error(`expected ${show(actual)} ${negated ? 'not ' : ''}${phrase}`);
}

function same(actual, expected, deep) {
  return deep ? isDeepStrictEqual(actual, expected) : actual === expected;
}

function includes(actual, part, deep) {
  if (typeof actual === 'string') return actual.includes(part);
  if (Array.isArray(actual)) return actual.some((each) => same(each, part, deep));
  requireType(actual, 'object');
  return Object.entries(part).every(([key, value]) => same(actual[key], value, deep));
}

function matches(actual, pattern) {
  if (!types.isRegExp(pattern)) throw new Error('match needs a regular expression');
  return typeof actual === 'string' && actual.search(pattern) >= 0;
}

function isEmpty(actual) {
  if (typeof actual === 'string' || Array.isArray(actual)) return actual.length === 0;
  requireType(actual, 'object');
  return Object.keys(actual).length === 0;
}

function number(value) {
  requireType(value, 'number');
  return value;
}

function requireType(value, type) {
  if (typeName(value) !== type) throw new Error(`expected ${show(value)} to be of the type ${type}`);
}

function typeName(value) {
  return Object.prototype.toString.call(value).slice(8, -1).toLowerCase();
}

function show(value) {
  if (isResponse(value)) return 'the response';
  const text = typeof value === 'string' ? JSON.stringify(value) : inspect(value, { breakLength: Infinity, depth: 4 });
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function isResponse(value) {
  return typeName(value) === 'object' && 'responseTime' in value && 'code' in value;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = error.code?.startsWith?.('ERR_PARSE_ARGS') ? 2 : 1;
});

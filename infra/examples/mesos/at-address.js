"use strict";

// Runs an example of the npm package mesos-framework as it is published; nothing in it is changed but the master's address.
//
//   node at-address.js CLIENT EXAMPLE ADDRESS      CLIENT: the folder that the package was installed in

const fs = require("fs");
const Module = require("module");
const path = require("path");
const { URL } = require("url");

function replaceOnce(text, old, by) {
    const parts = text.split(old);
    if (parts.length !== 2) throw new Error(`expected ${old} once in the example, found it ${parts.length - 1} times`);
    return parts.join(by);
}

const [client, example, address] = process.argv.slice(2);
const { hostname, port } = new URL(address);
const file = path.resolve(client, "node_modules", "mesos-framework", "examples", example);
const text = replaceOnce(fs.readFileSync(file, "utf8"), '"172.17.11.101"', JSON.stringify(hostname));

// In its own place, since it names the package by that.
const program = new Module(file, null);
program.filename = file;
program.paths = Module._nodeModulePaths(path.dirname(file));
program._compile(replaceOnce(text, '"port": 5050,', `"port": ${port || 80},`), file);

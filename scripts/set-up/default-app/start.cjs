/** A minimal default_app.asar: runs the app in the folder given as the first argument. */
const path = require('node:path');
const { app } = require('electron');

const argument = process.argv.slice(1).find((text) => !text.startsWith('-'));
const folder = path.resolve(argument ?? '.');
const { name, productName, version, main } = require(path.join(folder, 'package.json'));
process.defaultApp = true;
app.setAppPath(folder);
app.setVersion(version);
app.setName(productName ?? name);
require(path.join(folder, main));

// Mocha's browser build serves both extension hosts, on Node and in a web worker. It has to be there before the suites,
// which call `describe` as they load: import this module first.

import 'mocha/mocha.js';

mocha.setup({ ui: 'bdd', timeout: 30_000, reporter: 'base' });

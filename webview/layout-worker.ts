// ELK's own worker script: it answers `layout` messages when it runs inside a worker.
import 'elkjs/lib/elk-worker.min.js';

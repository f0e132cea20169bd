// All tests in one process, one after the other: they change the same emulator.
import './lint.test.mjs';
import './examples.test.mjs';
import './schemas.test.mjs';
import './client.test.mjs';

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { commands } from '../../src/cli/commands.ts';
import { version } from '../../src/cli/version.ts';
import { onShop, podwire, shop } from './podwire.ts';

/** The one line that a wrong call leaves on stderr. */
async function complaint(line: string): Promise<string> {
  const { status, stdout, stderr } = await onShop(line);
  assert.equal(status, 2, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, /^podwire: [^\n]*\n$/);
  return stderr.slice('podwire: '.length, -1);
}

describe('a wrong call', () => {
  const calls: Readonly<Record<string, string>> = {
    chek: "unknown command 'chek'; did you mean 'check'?",
    frobnicate: "unknown command 'frobnicate' (podwire --help lists them)",
    '--format json': 'a command comes first, not --format (podwire --help lists them)',
    'help chek': "unknown command 'chek'; did you mean 'check'?",
    check: 'no PATH given (. is the current folder, - is standard input)',
    'check . --formt json': 'unknown option --formt; did you mean --format?',
    'check . --frobnicate': 'unknown option --frobnicate (podwire check --help lists them)',
    'check . -x': 'unknown option -x (podwire check --help lists them)',
    'lsp .': 'lsp takes no PATH: the client says which folders to read',
    'check . --format': '--format asks for text, json, sarif or junit',
    'check . --format yaml': "--format takes text, json, sarif or junit, not 'yaml'",
    'check . --set': '--set asks for a value: FOLDER',
    'check . --cni callico': '`cni` must be `flannel`, `calico`, `cilium`, `weave`, `aws-vpc-cni`, `kindnet`, `bridge`',
    'check . --config gone.yaml': '--config gone.yaml: no such file or directory',
    'check . --set elsewhere': '--set elsewhere: no such set; there are .',
  };
  for (const [line, expected] of Object.entries(calls)) {
    test(line, async () => assert.equal(await complaint(line), expected));
  }

  test('without a command', async () => {
    const { status, stdout, stderr } = await podwire(shop, []);
    assert.deepEqual([status, stdout], [2, '']);
    assert.equal(stderr, 'podwire: a command is missing (podwire --help lists them)\n');
  });
});

describe('help', () => {
  test('lists every command', async () => {
    const { status, stdout, stderr } = await onShop('--help');
    assert.deepEqual([status, stderr], [0, '']);
    for (const { name, summary } of commands) assert.match(stdout, new RegExp(`^  ${name} +${summary}$`, 'm'));
    assert.deepEqual(await onShop('-h'), await onShop('help'));
  });

  test('tells about each command, whichever way it is asked', async () => {
    for (const { name, operands, options } of commands) {
      const { stdout } = await onShop(`${name} --help`);
      assert.ok(stdout.startsWith(`Usage: podwire ${[name, operands].filter(Boolean).join(' ')}`));
      for (const option of Object.keys(options)) assert.match(stdout, new RegExp(`^  --${option} `, 'm'));
      assert.equal((await onShop(`help ${name}`)).stdout, stdout);
      assert.equal((await onShop(`${name} -h`)).stdout, stdout);
    }
  });

  test('is at most 120 characters wide', async () => {
    const pages = await Promise.all(
      ['--help', ...commands.map(({ name }) => `${name} --help`)].map((line) => onShop(line)),
    );
    for (const { stdout } of pages) for (const line of stdout.split('\n')) assert.ok(line.length <= 120, line);
  });
});

test('--version prints the version of the package', async () => {
  assert.deepEqual(await onShop('--version'), { status: 0, stdout: `${version}\n`, stderr: '' });
});

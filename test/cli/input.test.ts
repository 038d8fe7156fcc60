import assert from 'node:assert/strict';
import { chmod, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { deployment, folder, lonelyService } from './folder.ts';
import { podwire } from './podwire.ts';

/** The files in which `check` has findings. */
async function filesWithFindings(cwd: string, line: string, stdin = ''): Promise<readonly string[]> {
  const { stdout } = await podwire(cwd, `check ${line} --format json`.split(' '), stdin);
  const { findings } = JSON.parse(stdout) as { findings: readonly { file: string }[] };
  return findings.map(({ file }) => file);
}

/** The objects that `graph` draws, namespaces aside. */
async function drawn(cwd: string, line: string): Promise<readonly string[]> {
  const { stdout } = await podwire(cwd, `graph ${line}`.split(' '));
  const { nodes } = JSON.parse(stdout) as { nodes: readonly { id: string; type: string }[] };
  return nodes.filter(({ type }) => type !== 'namespace').map(({ id }) => id);
}

const base = { 'app.yaml': deployment('app') };

describe('a PATH', () => {
  test('is a folder: everything below it that .gitignore lets through', async (context) => {
    const root = await folder(context, {
      ...base,
      '.git/HEAD': '',
      '.gitignore': 'build/\n*.gen.yaml\n!kept.gen.yaml\n',
      'a/one.yaml': lonelyService('one'),
      'a/two.yml': lonelyService('two'),
      'a/three.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'three' },
        spec: { selector: { app: 'nobody' }, ports: [{ port: 80 }] },
      }),
      'a/notes.txt': lonelyService('text'),
      'a/made.gen.yaml': lonelyService('made'),
      'a/kept.gen.yaml': lonelyService('kept'),
      'build/out.yaml': lonelyService('out'),
      'node_modules/x/y.yaml': lonelyService('dependency'),
      'a/.gitignore': 'local.yaml\n',
      'a/local.yaml': lonelyService('local'),
    });
    const below = ['a/kept.gen.yaml', 'a/one.yaml', 'a/three.json', 'a/two.yml'];
    assert.deepEqual(await filesWithFindings(root, '.'), below);
    const nested = ['kept.gen.yaml', 'one.yaml', 'three.json', 'two.yml'];
    assert.deepEqual(await filesWithFindings(path.join(root, 'a'), '.'), nested);
  });

  test('is a file, whatever its name and whatever .gitignore says', async (context) => {
    const root = await folder(context, {
      '.gitignore': '*',
      'rendered.txt': `${deployment('app')}---\n${lonelyService('a')}`,
    });
    assert.deepEqual(await filesWithFindings(root, 'rendered.txt'), ['rendered.txt']);
  });

  test('is standard input', async (context) => {
    const root = await folder(context, base);
    assert.deepEqual(await filesWithFindings(root, '- app.yaml', lonelyService('piped')), ['<stdin>']);
  });

  test('may be a link; links below a folder are not followed', async (context) => {
    const root = await folder(context, { ...base, 'real/one.yaml': lonelyService('one') });
    await symlink(path.join(root, 'real', 'one.yaml'), path.join(root, 'linked.yaml'));
    await symlink(root, path.join(root, 'real', 'circle'));
    assert.deepEqual(await filesWithFindings(root, '.'), ['real/one.yaml']);
    assert.deepEqual(await filesWithFindings(root, 'linked.yaml app.yaml'), ['linked.yaml']);
  });

  test('that cannot be read is said, and the rest is still answered for', async (context) => {
    const root = await folder(context, { ...base, 'one.yaml': lonelyService('one') });
    const { status, stdout, stderr } = await podwire(root, ['check', '.', 'gone.yaml']);
    assert.equal(status, 2);
    assert.match(stdout, /one\.yaml:7:5: warning/);
    assert.equal(stderr, 'podwire: gone.yaml: no such file or directory\n');
  });

  test('below which a file may not be read', { skip: process.getuid?.() === 0 }, async (context) => {
    const root = await folder(context, { ...base, 'secret.yaml': lonelyService('one') });
    await chmod(path.join(root, 'secret.yaml'), 0);
    const { status, stderr } = await podwire(root, ['graph', '.']);
    assert.deepEqual([status, stderr], [2, `podwire: ${path.join(root, 'secret.yaml')}: permission denied\n`]);
  });
});

describe('sets', () => {
  const files = {
    'kustomization.yaml': 'resources: [app.yaml]\n',
    'app.yaml': deployment('app'),
    'overlays/prod/kustomization.yaml': 'resources: []\n',
    'overlays/prod/prod.yaml': lonelyService('prod'),
    'overlays/dev/podwire.yaml': '',
    'overlays/dev/dev.yaml': lonelyService('dev'),
    'plain/plain.yaml': deployment('plain'),
  };

  test('a folder that is named is plain files, even with a kustomization; marked folders below are sets', async (context) => {
    const root = await folder(context, files);
    const { stderr } = await podwire(root, ['graph', '.']);
    assert.equal(
      stderr,
      'podwire: left out, as sets of their own: overlays/dev, overlays/prod (--set FOLDER picks one)\n',
    );
    assert.deepEqual(await drawn(root, '.'), ['Deployment/default/app', 'Deployment/default/plain']);
    assert.deepEqual(await drawn(root, 'overlays/prod plain'), ['Deployment/default/plain', 'Service/default/prod']);
    assert.deepEqual(await drawn(root, '. overlays/dev/dev.yaml'), [
      'Deployment/default/app',
      'Deployment/default/plain',
      'Service/default/dev',
    ]);
  });

  test('--set picks one', async (context) => {
    const root = await folder(context, files);
    assert.deepEqual(await drawn(root, '. --set overlays/dev'), ['Service/default/dev']);
    assert.deepEqual(await drawn(root, '. --set ./overlays/dev/'), ['Service/default/dev']);
    assert.deepEqual(await filesWithFindings(root, '. --set overlays/prod'), ['overlays/prod/prod.yaml']);
  });

  test('check answers for all', async (context) => {
    const root = await folder(context, files);
    assert.deepEqual(await filesWithFindings(root, '.'), ['overlays/dev/dev.yaml', 'overlays/prod/prod.yaml']);
  });
});

test('templates of charts and large files are passed over, which is no error', async (context) => {
  const root = await folder(context, {
    'chart/Chart.yaml': 'name: x\n',
    'chart/templates/service.yaml': lonelyService('{{ .Values.name }}'),
    'podwire.yaml': 'maxFileSize: 1000\n',
    'binary.yaml': 'a\0b',
    'large.yaml': `${lonelyService('large')}# ${'x'.repeat(1000)}\n`,
  });
  const { status, stderr } = await podwire(root, ['graph', '.']);
  assert.equal(status, 0);
  assert.deepEqual(stderr.trimEnd().split('\n').sort(), [
    'podwire: passed over 1 file larger than maxFileSize',
    'podwire: passed over 1 file that is no text',
    'podwire: passed over 1 template, which is no YAML until it is rendered',
  ]);
});

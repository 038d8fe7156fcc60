import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deployment, folder, lonelyService } from './folder.ts';
import { podwire } from './podwire.ts';

const files = { 'app.yaml': deployment('app'), 'service.yaml': lonelyService('one') };

describe('podwire.yaml', () => {
  test('gives a rule another severity, or none', async (context) => {
    const root = await folder(context, { ...files, 'podwire.yaml': 'rules:\n  service-without-endpoints: error\n' });
    assert.match((await podwire(root, ['check', '.'])).stdout, /service\.yaml:7:5: error: /);
    const silent = await folder(context, { ...files, 'podwire.yaml': 'rules:\n  service-without-endpoints: off\n' });
    const { status, stdout } = await podwire(silent, ['check', '.']);
    assert.deepEqual([status, stdout], [0, 'Nothing found in 2 objects of 2 files.\n']);
  });

  test('that is wrong is an input that could not be read, with its keys', async (context) => {
    const text = 'cnii: calico\ncni: calicoo\nnodes: 0\nmaxFileSize: big\nrules:\n  path-blocked: loud\n';
    const root = await folder(context, { ...files, 'podwire.yaml': text });
    const { status, stderr } = await podwire(root, ['check', '.']);
    assert.equal(status, 2);
    assert.deepEqual(stderr.trimEnd().split('\n'), [
      'podwire: podwire.yaml:3:8: `nodes` must be a number above 0',
      'podwire: podwire.yaml:2:6: `cni` must be `flannel`, `calico`, `cilium`, `weave`, `aws-vpc-cni`, `kindnet`, `bridge`',
      'podwire: podwire.yaml:6:17: `rules.path-blocked` must be one of error, warning, information, hint, off',
      'podwire: podwire.yaml:4:14: `maxFileSize` must be a number of bytes above 0',
      'podwire: podwire.yaml:1:1: There is no setting `cnii`. Did you mean `cni`?',
    ]);
  });

  test('says whether blocks match pods', async (context) => {
    const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: in }
spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }
`;
    const pods = { 'a.yaml': deployment('a'), 'b.yaml': deployment('b'), 'policy.yaml': policy };
    const listed = async (value: string) => {
      const root = await folder(context, { ...pods, 'podwire.yaml': `blocksMatchPods: ${value}\n` });
      const { status, stdout } = await podwire(root, ['list', '.', '--from', 'a', '--to', 'b']);
      return [status, stdout.includes('default/b')];
    };
    assert.deepEqual(
      [await listed('auto'), await listed('true'), await listed('false'), await listed('maybe')],
      [
        [0, true],
        [0, true],
        [0, false],
        [2, true],
      ],
    );
  });

  test('that is no YAML, or no map', async (context) => {
    const broken = await folder(context, { ...files, 'podwire.yaml': 'cni: [' });
    assert.match((await podwire(broken, ['check', '.'])).stderr, /podwire\.yaml:1:\d+: .+\n$/);
    const list = await folder(context, { ...files, 'podwire.yaml': '- cni' });
    assert.match((await podwire(list, ['check', '.'])).stderr, /podwire\.yaml:1:1: Not a map of settings\n$/);
  });

  test('of the folder that is named stands over that of the current one, and --config over both', async (context) => {
    const rule = (severity: string) => `rules:\n  service-without-endpoints: ${severity}\n`;
    const root = await folder(context, {
      'podwire.yaml': rule('error'),
      'k8s/podwire.yaml': rule('information'),
      'k8s/app.yaml': `${files['app.yaml']}---\n${files['service.yaml']}`,
      'plain/app.yaml': `${files['app.yaml']}---\n${files['service.yaml']}`,
      'ci.yml': rule('hint'),
    });
    assert.match((await podwire(root, ['check', 'plain'])).stdout, /: error: /);
    assert.match((await podwire(root, ['check', 'k8s'])).stdout, /: information: /);
    assert.match((await podwire(root, ['check', 'k8s', '--config', 'ci.yml'])).stdout, /: hint: /);
  });
});

test('a set below has the podwire.yaml that is nearest to it', async (context) => {
  const root = await folder(context, {
    'podwire.yaml': 'rules:\n  service-without-endpoints: hint\n',
    'a/podwire.yaml': 'rules:\n  service-without-endpoints: error\n',
    'a/both.yaml': `${files['app.yaml']}---\n${files['service.yaml']}`,
    'b/kustomization.yaml': '',
    'b/both.yaml': `${files['app.yaml']}---\n${files['service.yaml']}`,
    'broken/podwire.yaml': 'cni: none\n',
  });
  const { status, stdout, stderr } = await podwire(root, ['check', '.']);
  assert.equal(status, 2);
  assert.match(stderr, /^podwire: broken\/podwire\.yaml:1:6: `cni` must be /);
  assert.match(stdout, /^a\/both\.yaml:\d+:5: error: /m);
  assert.match(stdout, /^b\/both\.yaml:\d+:5: hint: /m);
});

test('an option of the call stands over podwire.yaml', async (context) => {
  const root = await folder(context, {
    'podwire.yaml': 'cni: calico\n',
    'policy.yaml': `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: closed
spec:
  podSelector: {}
`,
  });
  assert.equal((await podwire(root, ['check', '.', '--fail-on', 'hint'])).status, 0);
  const { status, stdout } = await podwire(root, ['check', '.', '--fail-on', 'hint', '--cni', 'flannel']);
  assert.equal(status, 1);
  assert.match(stdout, /\[policy-not-enforced\]/);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findMentions } from '../../../src/network/dns/mentions.ts';

/** What is found, as `host[:port][ scheme][ srv]`. */
function found(text: string, isAddress = false): readonly string[] {
  return findMentions(text, isAddress).map(({ host, port, scheme, srv }) =>
    [port === undefined ? host : `${host}:${port}`, scheme, srv].filter(Boolean).join(' '),
  );
}

/** Each text with what it names; a text of an address is all that the value says. */
function table(rows: Readonly<Record<string, readonly string[]>>, isAddress = false): void {
  for (const [text, expected] of Object.entries(rows)) assert.deepEqual(found(text, isAddress), expected, text);
}

describe('the hosts that a text names', () => {
  it('stand beside a port', () => {
    table({
      'redis:6379': ['redis:6379'],
      'api.prod:80/path': ['api.prod:80'],
      'nc -z db:5432 && exec app': ['db:5432'],
      'dns:53': ['dns:53'],
      '<host>cache:80</host>': ['cache:80'],
      '{"url":"api:80"}': ['api:80'],
      'kafka-0.kafka:9092,kafka-1.kafka:9092': ['kafka-0.kafka:9092', 'kafka-1.kafka:9092'],
    });
  });

  it('stand in URLs, behind whoever logs in', () => {
    table({
      'http://api': ['api:80 http'],
      'see https://api.prod:8443/x?y=z and more': ['api.prod:8443 https'],
      'amqp://user:pa%40ss@rabbit:5672/vhost': ['rabbit:5672 amqp'],
      'postgres://u:1=w,(x@db/x': ['db:5432 postgres'],
      'postgres://$(USER):$(PASS)@db/x': ['db:5432 postgres'],
      'redis://:p@ss@cache': ['cache:6379 redis'],
      'mysql+pymysql://u:p@db/x': ['db:3306 mysql'],
      'grpc://api': ['api grpc'],
      'http://a/?next=http://b:81/': ['a:80 http', 'b:81 http'],
      'HTTP://API': ['API:80 http'],
    });
  });

  it('stand in the URLs of JDBC drivers', () => {
    table({
      'jdbc:postgresql://db:5432/x': ['db:5432 postgresql'],
      'jdbc:mysql://a:3307,b/x?y=z': ['a:3307 mysql', 'b:3306 mysql'],
      'jdbc:mysql:loadbalance://a,b/x': ['a:3306 mysql', 'b:3306 mysql'],
      'jdbc:sqlserver://h;databaseName=x': ['h:1433 sqlserver'],
      'jdbc:oracle:thin:@h:1522:sid': ['h:1522 oracle'],
      'jdbc:oracle:thin:u/p@//h/x': ['h:1521 oracle'],
      'r2dbc:pool:postgresql://db/x': ['db:5432 postgresql'],
    });
  });

  it('stand in no line that is commented out', () => {
    table({
      '#old.url=http://db:5433/\nmode=memory': [],
      'a=http://a:81\n  # curl http://b:82\r\nc:83': ['a:81 http', 'c:83'],
      '#!/bin/sh\n# curl \\\n#   http://a:81\ncurl \\\n  http://b:82': ['b:82 http'],
      '// get("http://a:81")\nget("http://b:82") // b': ['b:82 http'],
      '-- jdbc:postgresql://a:81/x\n;url = http://b:82\nc:83': ['c:83'],
      '<a/>\n<!-- http://a:81\nhttp://b:82 --> http://c:83\n<!-- d:84': ['c:83 http'],
    });
  });

  it('stand behind what only looks like a comment', () => {
    table({
      '#http://a:81': ['a:81 http'],
      '# a:81\n': ['a:81'],
      'x\n--url=http://a:81\n  --b=b:82': ['a:81 http', 'b:82'],
      'wait db:5432 \\\n  -- curl http://a:81': ['db:5432', 'a:81 http'],
      'x: y # z\nurl: http://a:81/#b # c\n- b:82': ['a:81 http', 'b:82'],
      '-----BEGIN\na:81': ['a:81'],
    });
  });

  it('stand in lists', () => {
    table({
      'mongodb://u:p@db-0.db:27017,db-1.db/x?replicaSet=rs': ['db-0.db:27017 mongodb', 'db-1.db:27017 mongodb'],
      'nats://a:4222,nats://b:4222': ['a:4222 nats', 'b:4222 nats'],
      'http://a,b': ['a:80 http'],
    });
    table({ 'es-0.es,es-1.es': ['es-0.es', 'es-1.es'], 'users,orders': [] }, true);
  });

  it('stand in the targets of gRPC, of SRV look-ups and of Thanos', () => {
    table({
      'dns:///api:50051': ['api:50051 dns'],
      'dns:api:50051': ['api:50051'],
      'mongodb+srv://u:p@db.data/x': ['db.data mongodb _mongodb._tcp'],
      '--store=dns+thanos:10901': ['thanos:10901'],
      'dnssrv+_grpc._tcp.thanos.mon.svc': ['thanos.mon.svc _grpc._tcp'],
    });
  });

  it('are words alone where the text is an address', () => {
    table({ redis: ['redis'], ' api.prod ': ['api.prod'], 'two words': [], 'a=b': [], '{"a":1}': [] }, true);
    table({ redis: [], 'api.prod': [] });
  });

  it('are none of this', () => {
    table({
      'redis:7-alpine': [],
      '10.0.0.1:80': [],
      '[::1]:80': [],
      'localhost:8080': [],
      'http://localhost/': [],
      '0.0.0.0:80': [],
      ':8080': [],
      '12:30': [],
      '12:30:15': [],
      'a:b:80': [],
      'db:5432:name:user': [],
      'api:0': [],
      'api:65536': [],
      'api:123456': [],
      'mail@example:25': [],
      'unix:///var/run/x:80': [],
      's3://bucket:80/key': [],
      'git+ssh://host:22/x': [],
      'com.example.Main:main': [],
      '/etc/app/config.yaml:5': [],
      'api_v1:80': [],
      '-api:80': [],
      [`${'a'.repeat(64)}:80`]: [],
    });
  });

  it('are none where a template makes another name of them', () => {
    table({
      '$(PREFIX)cache:80': [],
      'http://cache{{ .suffix }}/x': [],
      'http://cache.<namespace>:80': [],
      'http://$(HOST):80': [],
      'http://${HOST}/': [],
      'http://$HOST:80': [],
      'http://api:$(PORT)/': [],
      'api-$x:80': [],
      'cache[0]:80': [],
      'http://api%s/': [],
      'http://api:%d/': [],
    });
  });

  it('stand where they are said to, each in its own word', () => {
    const piece = fc.constantFrom(
      ...[
        'http',
        '://',
        ':',
        '@',
        ',',
        '/',
        'jdbc:',
        'mysql',
        'oracle:thin:',
        'mongodb+srv',
        'nats',
        'a',
        'b.c',
        '80',
        '5432',
      ],
      ...[
        ' ',
        '=',
        '$(X)',
        '{{',
        '}}',
        '(',
        ')',
        '"',
        '<',
        '>',
        '</',
        ';',
        'dns',
        '+',
        '_grpc._tcp.',
        '?',
        '\\',
        'É',
        '\n',
      ],
    );
    const texts = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isAddress) => {
        let end = 0;
        for (const { from, to, host, port, around } of findMentions(text, isAddress)) {
          assert.ok(from >= end && around[0] <= from && to <= around[1] && around[1] <= text.length, text);
          const written = text.slice(from, to);
          assert.ok(written === host || written === `${host}:${port}`, text);
          end = to;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('are looked for in a time that grows with the text alone', { timeout: 60_000 }, () => {
    const length = 200_000;
    const pieces = [
      'a',
      'a.',
      '-',
      '@',
      ':',
      '://',
      'a://',
      'jdbc:',
      'jdbc:oracle:',
      'a:',
      'mongodb://a,',
      'a,',
      'dns+',
    ];
    for (const piece of pieces) {
      const text = piece.repeat(length / piece.length);
      for (const each of [text, `nats://u:${text}`, `http://${text}{{`]) findMentions(each, true);
    }
    assert.deepEqual(found(`${'x '.repeat(length)}http://api`), ['api:80 http']);
  });
});

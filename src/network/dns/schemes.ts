/** What the scheme of a URL says of the server that it names. */
export interface Scheme {
  readonly name: string;
  /** Where the server listens unless the URL says otherwise; absent where there is no such convention. */
  readonly port?: number;
  /** Whether its URLs may name several servers, with commas between. */
  readonly isList: boolean;
  /** The service and protocol labels of the SRV lookup that stands for host and port. */
  readonly srv?: string;
}

/** Ports of the schemes that name a server on the network. Any other scheme names something else. */
const ports: ReadonlyMap<string, number | undefined> = new Map(
  Object.entries({
    http: 80,
    https: 443,
    ws: 80,
    wss: 443,
    h2c: 80,
    grpc: undefined,
    grpcs: undefined,
    tcp: undefined,
    udp: undefined,
    tls: undefined,
    redis: 6379,
    rediss: 6379,
    valkey: 6379,
    postgres: 5432,
    postgresql: 5432,
    mysql: 3306,
    mariadb: 3306,
    sqlserver: 1433,
    mssql: 1433,
    oracle: 1521,
    db2: 50_000,
    clickhouse: undefined,
    cassandra: 9042,
    mongodb: 27_017,
    neo4j: 7687,
    bolt: 7687,
    amqp: 5672,
    amqps: 5671,
    stomp: 61_613,
    mqtt: 1883,
    mqtts: 8883,
    nats: 4222,
    pulsar: 6650,
    kafka: 9092,
    zk: 2181,
    memcached: 11_211,
    ldap: 389,
    ldaps: 636,
    smtp: 25,
    smtps: 465,
    zipkin: undefined,
    dns: 53,
  }),
);

/** Those whose clients take a list of servers in one URL. */
const lists = new Set(
  'postgres postgresql mysql mariadb redis rediss valkey mongodb amqp amqps nats pulsar kafka zk cassandra'.split(' '),
);

/**
 * The scheme of a URL, in lower case, without `://`: `http`, `jdbc:postgresql`, `mysql+pymysql` (SQLAlchemy's drivers),
 * `mongodb+srv` (mongodb/specifications `source/initial-dns-seedlist-discovery`).
 */
export function schemeOf(written: string): Scheme | undefined {
  // A driver's own words stand before (`jdbc:`, `r2dbc:pool:`) or behind (`jdbc:mysql:loadbalance`) the one that counts.
  for (const part of written.split(':').reverse()) {
    const [name = '', driver] = ports.has(part) ? [part] : part.split('+');
    const port = ports.get(name);
    if (!ports.has(name)) continue;
    if (driver === 'srv') return { name, isList: false, srv: `_${name}._tcp` };
    return { name, isList: lists.has(name), ...(port && { port }) };
  }
  return undefined;
}

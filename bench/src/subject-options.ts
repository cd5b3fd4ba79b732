import { DATABASES, DatabaseName } from './databases/database-location.js';
import { plain, Subject } from './systems/subject.js';
import { SYSTEMS, SystemName } from './systems/system.js';

/** What the command line says of the systems that are measured; undefined is what it leaves out. */
export interface NamedSubjects {
  only: string | undefined;
  databases: DatabaseName[] | undefined;
  instances: number | undefined;
  gateways: number | undefined;
  brokers: number | undefined;
}

/** The subjects of the comparisons, and the pairs of those with hot products. Throws with a sentence that names the option at fault. */
export function readSubjects(named: NamedSubjects): { subjects: Subject[]; hot: Subject[][] } {
  const { instances = 1, gateways = 1, brokers = 1 } = named;
  const databases = named.databases ?? ['sqlite'];
  if (instances > 1 && !databases.includes('postgres')) {
    throw new Error('--instances: several processes of a service need --database postgres.');
  }
  const product = (database: DatabaseName): Subject => {
    // A file has one writer: beside PostgreSQL it shows what one process does.
    const scaled = database === 'postgres' ? instances : 1;
    return { ...plain('product'), database, instances: scaled, gateways, brokers };
  };
  const subjects = systems(named).flatMap((system) =>
    system === 'product' ? databases.map(product) : [{ ...plain(system), brokers }],
  );
  const hot = (named.databases ?? DATABASES).map((database) => [
    product(database),
    { ...product(database), hot: true },
  ]);
  return { subjects, hot };
}

function systems({ only, ...ofTheProduct }: NamedSubjects): SystemName[] {
  if (only === undefined) {
    const named = Object.values(ofTheProduct).some((value) => value !== undefined);
    return named ? ['product'] : [...SYSTEMS];
  }
  const system = SYSTEMS.find((name) => name === only);
  if (system === undefined) throw new Error(`--only: "${only}" is none of ${SYSTEMS.join(', ')}.`);
  if (system !== 'product' && (ofTheProduct.databases ?? ofTheProduct.instances ?? ofTheProduct.gateways)) {
    throw new Error('--only: the bare pipelines have SQLite and one process of each kind.');
  }
  return [system];
}

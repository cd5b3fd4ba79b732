/** One observation for each commit, with its length. */
const COMMITS = /^holdfast_unit_of_work_seconds_count (\d+)$/m;

/** Commits of the services whose health is served at these ports of 127.0.0.1, by their own account. */
export async function commitsOf(ports: readonly number[]): Promise<number> {
  const counts = await Promise.all(ports.map(commits));
  return counts.reduce((total, count) => total + count, 0);
}

async function commits(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(10_000) });
  return Number(COMMITS.exec(await response.text())?.[1]);
}

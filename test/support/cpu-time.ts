/** Milliseconds for which this process has had a processor so far: what work costs, however busy the machine is. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** How long a part of a bench took, and what each photo cost in it. */

/** @returns tells what was done since, with what each photo took */
export function timer(): (what: string, photos: number) => void {
  const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
  return (what, photos) => {
    const { user, system } = process.cpuUsage(cpuBefore);
    const seconds = (performance.now() - began) / 1000;
    const each = Math.round((user + system) / photos);
    console.log(`${what}: ${photos.toLocaleString('en')} in ${seconds.toFixed(1)} s, ${each} µs of CPU each`);
  };
}

import { describe, expect, it } from 'vitest';
import { type Packed, inspect } from '../../../build/package/contents.ts';

const modules = 'app.asar.unpacked/node_modules';
const file = (path: string, megabytes = 0): Packed => ({ path, bytes: megabytes * 1e6 });
const faultsOf = (packed: Packed[], system: 'linux' | 'win32' | 'darwin' = 'linux'): readonly string[] => inspect(packed, system).faults;

describe('what a package may hold', () => {
  it('counts each file to its part', () => {
    const { sizes } = inspect([file('runtime/node', 150), file('models/samples/dogs.jpg', 0.5), file('models/samples/README.md')], 'linux');
    expect(sizes.find(({ title }) => title === 'Node')).toMatchObject({ files: 1, bytes: 150e6 });
    expect(sizes.find(({ title }) => title === 'sample photographs')).toMatchObject({ files: 2, bytes: 0.5e6 });
  });

  it.each([
    'models/training/train.py',
    'models/photos/notes.txt',
    'runtime/include/node.h',
    `${modules}/typescript/lib/tsc.js`,
    `${modules}/sharp/src/pipeline.cc`,
    `${modules}/@bufbuild/protobuf/dist/esm/index.js.map`,
    `${modules}/onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll`,
    `${modules}/@img/sharp-darwin-arm64/lib/sharp-darwin-arm64.node`,
    `${modules}/@parcel/watcher-win32-x64/watcher.node`,
    `${modules}/@parcel/watcher/src/Watcher.cc`,
    `${modules}/node-addon-api/napi.h`,
    `${modules}/commander/evil.node`,
    'app.asar.unpacked/out/main/index.mjs.map',
    'app.asar.unpacked/out/renderer/index.html',
  ])('refuses %s in a package for Linux', (path) => {
    expect(faultsOf([file(path)])).toContain(`${path} is in the package, and nothing allows it.`);
  });

  it('misses each native library that is not there', () => {
    const faults = faultsOf([], 'win32');
    for (const name of ['onnxruntime.dll', 'DirectML.dll', 'dxil.dll', 'onnxruntime_binding.node'])
      expect(faults).toContain(`onnxruntime: there is no file ${modules}/onnxruntime-node/bin/napi-v6/win32/x64/${name}.`);
    expect(faults).toContain('Node: there is no file runtime/node.exe.');
  });

  it('allows one copy of the library that macOS would carry twice', () => {
    const library = `${modules}/onnxruntime-node/bin/napi-v6/darwin/arm64/libonnxruntime.1`;
    expect(faultsOf([file(`${library}.dylib`)], 'darwin')).not.toContain(`${library}.dylib is in the package, and nothing allows it.`);
    expect(faultsOf([file(`${library}.30.0.dylib`)], 'darwin')).toContain(
      `${library}.30.0.dylib is in the package, and nothing allows it.`,
    );
  });

  it('tells of a part that has grown over its budget', () => {
    expect(faultsOf([file('models/photos/pack.json', 46)])).toContain('the pack takes 46.0 MB; its budget is 45 MB.');
  });
});

/**
 * What the resources of a package may hold, and how large each part may be. A file that no line allows is refused, one that a line needs and
 * that is not there is missed: a package grows only by a change of this table.
 */

/** A file of a package's resources folder. `path` has `/` between its parts on every system. */
export interface Packed {
  readonly path: string;
  readonly bytes: number;
}

export type System = 'linux' | 'win32' | 'darwin';

interface Part {
  readonly title: string;
  readonly budget: number; // MB, 1,000,000 bytes
  readonly allows: RegExp;
  readonly needs: readonly RegExp[];
}

/** JavaScript packages of the engine, with all that they load. Native ones have parts of their own. */
const packages = [
  ['@borewit/text-codec', '@bufbuild/protobuf', '@colors/colors', '@img/colour', '@isaacs/fs-minipass', '@tokenizer/inflate'],
  ['@tokenizer/token', '@xmldom/xmldom', 'ansi-regex', 'chownr', 'cli-progress', 'cli-table3', 'commander', 'debug', 'detect-libc'],
  ['emoji-regex', 'exifreader', 'file-type', 'ieee754', 'is-extglob', 'is-fullwidth-code-point', 'is-glob', 'minipass', 'minizlib', 'ms'],
  ['onnx-buf', 'onnxruntime-common', 'papaparse', 'pend', 'picocolors', 'picomatch', 'semver', 'string-width', 'strip-ansi', 'strtok3'],
  ['tar', 'token-types', 'uint8array-extras', 'valibot', 'yallist', 'yauzl'],
].flat();

/** What `trash` loads; the bin of Linux asks for most of it. */
const binPackages = [
  ['trash', '@sindresorhus/df', '@sindresorhus/merge-streams', '@stroncium/procfs', '@nodelib/fs.scandir'],
  ['@nodelib/fs.stat', '@nodelib/fs.walk', 'braces', 'chunkify', 'cross-spawn', 'end-of-stream', 'execa', 'fast-glob'],
  ['fastq', 'fill-range', 'get-stream', 'glob-parent', 'globby', 'ignore', 'is-docker', 'is-inside-container'],
  ['is-number', 'is-path-inside', 'is-stream', 'is-wsl', 'isexe', 'merge-stream', 'merge2', 'micromatch', 'mimic-fn'],
  ['mount-point', 'move-file', 'npm-run-path', 'once', 'onetime', 'os-homedir', 'p-finally', 'p-map', 'path-key'],
  ['path-type', 'pify', 'pinkie', 'pinkie-promise', 'powershell-utils', 'pump', 'queue-microtask', 'reusify'],
  ['run-parallel', 'shebang-command', 'shebang-regex', 'signal-exit', 'slash', 'strip-final-newline', 'to-regex-range'],
  ['unicorn-magic', 'user-home', 'which', 'wrappy', 'wsl-utils', 'xdg-basedir', 'xdg-trashdir'],
].flat();
const binHelpers: Readonly<Record<System, string | null>> = { linux: null, win32: 'windows-trash.exe', darwin: 'macos-trash' };

const modules = String.raw`app\.asar\.unpacked/node_modules`;
const script = String.raw`(?:.*/)?[^/]+\.(?:js|cjs|mjs|json)`;
const licence = String.raw`(?:.*/)?(?:licen[cs]e|copying|notice)[\w-]*(?:\.(?:md|txt))?`;
const path = (pattern: string, flags = ''): RegExp => new RegExp(`^(?:${pattern})$`, flags);

/** Native files by system: onnxruntime's folder, its libraries, sharp's packages and theirs, the watcher's package. */
const natives: Readonly<Record<System, { ort: string; ortFiles: string[]; sharp: string; sharpFiles: string[]; watcher: string }>> = {
  linux: {
    ort: 'linux/x64',
    ortFiles: ['libonnxruntime.so.1'],
    sharp: 'linux-x64',
    sharpFiles: [
      String.raw`sharp-linux-x64/lib/sharp-linux-x64[^/]*\.node`,
      String.raw`sharp-libvips-linux-x64/lib/libvips-cpp\.so\.[\d.]+`,
    ],
    watcher: 'linux-x64-glibc',
  },
  win32: {
    ort: 'win32/x64',
    ortFiles: ['onnxruntime.dll', 'DirectML.dll', 'dxcompiler.dll', 'dxil.dll'],
    sharp: 'win32-x64',
    sharpFiles: [String.raw`sharp-win32-x64/lib/sharp-win32-x64[^/]*\.node`, String.raw`sharp-win32-x64/lib/libvips-[^/]*\.dll`],
    watcher: 'win32-x64',
  },
  darwin: {
    ort: 'darwin/arm64',
    ortFiles: ['libonnxruntime.1.dylib'],
    sharp: 'darwin-arm64',
    sharpFiles: [
      String.raw`sharp-darwin-arm64/lib/sharp-darwin-arm64[^/]*\.node`,
      String.raw`sharp-libvips-darwin-arm64/lib/libvips-cpp\.[\d.]+\.dylib`,
    ],
    watcher: 'darwin-arm64',
  },
};

/** What Electron and electron-builder put beside, by system. */
const besides: Readonly<Record<System, string>> = {
  linux: 'apparmor-profile|package-type', // of the .deb
  win32: String.raw`elevate\.exe`,
  darwin: String.raw`icon\.icns|\w+\.lproj/.*|LICENSE\.electron\.txt|LICENSES\.chromium\.html`,
};

function partsFor(system: System): Part[] {
  const { ort, ortFiles, sharp, sharpFiles, watcher } = natives[system];
  const quote = (text: string): string => text.replaceAll('.', String.raw`\.`);
  const ortNatives = ['onnxruntime_binding.node', ...ortFiles].map(
    (file) => `${modules}/onnxruntime-node/bin/napi-v6/${ort}/${quote(file)}`,
  );
  const binHelper = binHelpers[system];
  const sharpNatives = sharpFiles.map((file) => `${modules}/@img/${file}`);
  return [
    { title: 'shell and page', budget: 3, allows: path('app\\.asar'), needs: [path('app\\.asar')] },
    {
      title: 'engine',
      budget: 2,
      allows: path(String.raw`app\.asar\.unpacked/out/main/[a-z-]+(?:-[\w-]{8})?\.mjs`),
      needs: ['engine', 'reader', 'heic-worker', 'network', 'cli'].map((name) =>
        path(String.raw`app\.asar\.unpacked/out/main/${name}\.mjs`),
      ),
    },
    {
      title: 'onnxruntime',
      budget: system === 'win32' ? 75 : 50,
      allows: path([...ortNatives, `${modules}/onnxruntime-node/(?:${script}|${licence})`].join('|'), 'i'),
      needs: [...ortNatives, `${modules}/onnxruntime-node/dist/index\\.js`].map((pattern) => path(pattern)),
    },
    {
      title: 'sharp',
      budget: 22,
      allows: path([...sharpNatives, `${modules}/(?:sharp|@img/sharp(?:-libvips)?-${sharp})/(?:${script}|${licence})`].join('|'), 'i'),
      needs: [...sharpNatives, `${modules}/sharp/dist/index\\.mjs`].map((pattern) => path(pattern)),
    },
    {
      title: 'watcher',
      budget: 1,
      allows: path(
        `${modules}/@parcel/watcher-${watcher}/watcher\\.node|${modules}/@parcel/watcher(?:-${watcher})?/(?:${script}|${licence})`,
        'i',
      ),
      needs: [path(`${modules}/@parcel/watcher-${watcher}/watcher\\.node`), path(`${modules}/@parcel/watcher/index\\.js`)],
    },
    {
      title: 'libheif',
      budget: 3,
      allows: path(`${modules}/libheif-js/(?:${script}|${licence})`, 'i'),
      needs: [path(`${modules}/libheif-js/libheif-wasm/libheif-bundle\\.js`)],
    },
    {
      title: 'other packages of the engine',
      budget: 6,
      allows: path(`${modules}/(?:${packages.map(quote).join('|')})/(?:${script}|${licence})`, 'i'),
      needs: packages.map((name) => path(`${modules}/${quote(name)}/package\\.json`)),
    },
    {
      title: "the system's bin",
      budget: 2,
      allows: path(
        [
          `(?:${binPackages.map(quote).join('|')})/(?:${script}|${licence})`,
          ...(binHelper === null ? [] : [`trash/lib/${quote(binHelper)}`]),
        ]
          .map((one) => `${modules}/${one}`)
          .join('|'),
        'i',
      ),
      needs: [`${modules}/trash/index\\.js`, ...(binHelper === null ? [] : [`${modules}/trash/lib/${quote(binHelper)}`])].map((one) =>
        path(one),
      ),
    },
    {
      title: 'Node',
      budget: system === 'win32' ? 110 : 155,
      allows: path(String.raw`runtime/node(?:\.exe)?`),
      needs: [path(system === 'win32' ? String.raw`runtime/node\.exe` : 'runtime/node')],
    },
    {
      title: 'the pack',
      budget: 45,
      allows: path(String.raw`models/photos/(?:pack\.json|README\.md|about\.md|NOTICE|calibration\.tsv|[\w-]+\.(?:onnx|safetensors|svg))`),
      needs: [
        path(String.raw`models/photos/pack\.json`),
        path('models/photos/NOTICE'),
        path(String.raw`models/photos/[\w-]+\.safetensors`),
      ],
    },
    {
      title: 'sample photographs',
      budget: 4,
      allows: path(String.raw`models/samples/(?:README\.md|[\w-]+\.jpg)`),
      needs: [path(String.raw`models/samples/README\.md`), path(String.raw`models/samples/[\w-]+\.jpg`)],
    },
    {
      title: "licences, Electron's and the installer's files",
      budget: system === 'darwin' ? 20 : 2,
      allows: path(`(?:LICENSE|THIRD-PARTY-NOTICES)\\.txt|(?:${besides[system]})`),
      needs: [path(String.raw`LICENSE\.txt`), path(String.raw`THIRD-PARTY-NOTICES\.txt`)],
    },
  ];
}

export interface Findings {
  readonly sizes: readonly { title: string; files: number; bytes: number; budget: number }[];
  /** One sentence for each thing that is wrong; none for a good package. */
  readonly faults: readonly string[];
}

export function inspect(packed: readonly Packed[], system: System): Findings {
  const faults: string[] = [];
  const parts = partsFor(system);
  const sizes = parts.map(({ title, budget }) => ({ title, files: 0, bytes: 0, budget }));
  for (const file of packed) {
    const i = parts.findIndex(({ allows }) => allows.test(file.path));
    if (i < 0) faults.push(`${file.path} is in the package, and nothing allows it.`);
    else {
      sizes[i]!.files += 1;
      sizes[i]!.bytes += file.bytes;
    }
  }
  parts.forEach(({ title, needs, budget }, i) => {
    for (const need of needs) {
      if (!packed.some((file) => need.test(file.path)))
        faults.push(`${title}: there is no file ${need.source.slice(4, -2).replaceAll('\\', '')}.`);
    }
    const megabytes = sizes[i]!.bytes / 1e6;
    if (megabytes > budget) faults.push(`${title} takes ${megabytes.toFixed(1)} MB; its budget is ${budget} MB.`);
  });
  return { sizes, faults };
}

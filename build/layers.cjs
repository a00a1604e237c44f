/**
 * Who may import whom. The folders of src-main stand in the order of the table below; imports point down it, never up, and everyone may
 * import contract. The renderer takes only contract. dependency-cruiser fails on any other arrow.
 */
const downwards = ['hosts', 'engine', 'library', 'catalog', 'energy', 'packs', 'reader', 'network', 'policy', 'ranet'];

/** Folders that keep to themselves although they stand above others: what they may import, beside contract. */
const only = {
  packs: ['reader', 'network', 'policy', 'ranet'], // of reader and network only the protocol's types, and onnxruntime
  reader: [],
  network: ['policy', 'ranet'],
  policy: [],
  ranet: [],
};

const upwards = downwards.map((folder, i) => {
  const allowed = only[folder] ?? downwards.slice(i + 1);
  const refused = downwards.filter((other) => other !== folder && !allowed.includes(other));
  return {
    name: `${folder}-imports-down`,
    comment: `${folder} may import ${[...allowed, 'contract'].join(', ')}`,
    severity: 'error',
    from: { path: `^src-main/${folder}/` },
    to: { path: `^src-main/(${refused.join('|')})/` },
  };
});

module.exports = {
  forbidden: [
    ...upwards,
    {
      name: 'contract-imports-nothing',
      severity: 'error',
      from: { path: '^src-main/contract/' },
      to: { path: '^(src-main/(?!contract/)|src-renderer/)' },
    },
    {
      name: 'policy-and-contract-are-pure',
      comment: 'functions over values: no files, no clock, no processes',
      severity: 'error',
      from: { path: '^src-main/(policy|contract)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-stays-in-the-page',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-knows-only-the-contract',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/(?!contract/)' },
    },
    {
      name: 'shell-runs-no-engine',
      comment: "of the engine, Electron's own process knows only where its home is; sharp and onnxruntime crash there",
      severity: 'error',
      from: { path: '^src-main/hosts/electron/(?!engine\\.ts$)' },
      to: { path: '^src-main/(?!contract/|hosts/electron/|hosts/[^/]+$|engine/home\\.ts$)' },
    },
    { name: 'main-knows-no-renderer', severity: 'error', from: { path: '^src-main/' }, to: { path: '^src-renderer/' } },
    { name: 'product-knows-no-test', severity: 'error', from: { path: '^src-' }, to: { path: '^test/' } },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-missing-packages', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
